package shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.CountingMeter;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
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

            CountingMeter meter = new CountingMeter();
            CopyGateway.over(context.createProducerTemplate(), store, settings)
                    .send(file, "20261124-020000/manifest.json", meter);

            store.assertIsSatisfied();
            assertThat(meter.done()).isEqualTo(2);
        }
    }

    @Test
    void a_folder_gets_the_file_whole_and_its_bytes_are_counted_while_they_are_sent() throws Exception {
        Path target = Files.createDirectory(folder.resolve("mount"));
        CopySettings settings = new CopySettings(Optional.of(new Secret("file:" + target)));
        byte[] content = new byte[5_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("druid_shared.tar"), content);
        CountingMeter meter = new CountingMeter();
        AtomicInteger pieces = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Endpoint endpoint = CopyEndpoint.of(context, settings);
            context.addRoutes(new CopyFile(endpoint));
            context.start();

            CopyGateway.over(context.createProducerTemplate(), endpoint, settings)
                    .send(file, "20261124-020000/druid_shared.tar", new CountingMeter() {
                        @Override
                        public void add(long bytes) {
                            boolean there = Files.exists(target.resolve("20261124-020000/.part-druid_shared.tar"));
                            pieces.addAndGet(there && bytes > 0 && bytes < content.length ? 1 : 0);
                            meter.add(bytes);
                        }
                    });
        }
        assertThat(target.resolve("20261124-020000/druid_shared.tar")).hasBinaryContent(content);
        assertThat(meter.done()).isEqualTo(content.length);
        assertThat(pieces).as("counted while the file was written").hasValueGreaterThan(10);
    }

    private static Endpoint endpoint(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return CopyEndpoint.of(context, new CopySettings(Optional.of(new Secret(uri))));
        }
    }
}
