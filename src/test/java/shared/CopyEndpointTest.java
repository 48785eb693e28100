package shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyEndpointTest {
    @TempDir
    Path folder;

    @Test
    void a_component_that_is_not_there_is_refused_and_the_jar_is_named() throws Exception {
        assertThatThrownBy(() -> endpoint("azure-storage-blob:account/backups?accessKey=RAW(hidden/key==)"))
                .isInstanceOfSatisfying(Unusable.class, refused -> {
                    assertThat(refused)
                            .hasMessageContaining("azure-storage-blob")
                            .hasMessageNotContaining("hidden");
                    assertThat(refused.hint()).contains("camel-azure-storage-blob-4.17.0.jar", "lib/");
                });
    }

    @Test
    void an_option_that_does_not_exist_is_refused_and_its_value_not_shown() {
        assertThatThrownBy(() -> endpoint("sftp:backup@host/folder?pasword=RAW(hidden+word)"))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("sftp:host/folder")
                .hasMessageContaining("pasword=***")
                .hasNoCause()
                .message()
                .doesNotContain("hidden");
    }

    @Test
    void what_the_uri_does_not_say_is_set_with_care_and_what_it_says_stays() throws Exception {
        SftpEndpoint careful = (SftpEndpoint) endpoint("sftp:backup@host/folder");
        assertThat(careful.getConfiguration().getStrictHostKeyChecking()).isEqualTo("yes");
        assertThat(careful.getMaximumReconnectAttempts()).isZero();
        assertThat(careful.getTempPrefix()).isEqualTo(".part-");

        SftpEndpoint told = (SftpEndpoint) endpoint("sftp:backup@host/folder?strictHostKeyChecking=no"
                + "&maximumReconnectAttempts=2&tempFileName=${file:onlyname}.part");
        assertThat(told.getConfiguration().getStrictHostKeyChecking()).isEqualTo("no");
        assertThat(told.getMaximumReconnectAttempts()).isEqualTo(2);
        assertThat(told.getTempPrefix()).isNull();
    }

    @Test
    void a_blob_store_is_told_the_name_and_to_store_the_file() throws Exception {
        CopySettings settings = new CopySettings(Optional.of(new Secret("azure-storage-blob:account/backups")));
        Path file = Files.writeString(folder.resolve("manifest.json"), "{}");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("azure-storage-blob", new MockComponent());
            MockEndpoint store = (MockEndpoint) CopyEndpoint.of(context, settings);
            context.addRoutes(new CopyFile(store));
            context.start();
            store.expectedMessageCount(1);
            store.expectedBodiesReceived(file.toFile());
            store.expectedHeaderReceived("CamelFileName", "20261124-020000/manifest.json");
            store.expectedHeaderReceived("CamelAzureStorageBlobBlobName", "20261124-020000/manifest.json");
            store.expectedHeaderReceived("CamelAzureStorageBlobOperation", "uploadBlockBlob");

            CopyEndpoint.over(context.createProducerTemplate(), settings).send(file, "20261124-020000/manifest.json");

            store.assertIsSatisfied();
        }
    }

    private static Endpoint endpoint(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return CopyEndpoint.of(context, new CopySettings(Optional.of(new Secret(uri))));
        }
    }
}
