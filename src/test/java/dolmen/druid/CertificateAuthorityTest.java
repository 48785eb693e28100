package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.settings.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    @TempDir
    private Path folder;

    @Test
    void the_certificates_of_the_file_are_trusted_and_no_others() throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        assertThat(CertificateAuthority.trust("dolmen.druid.ca-file", certificates.pem())
                        .getAcceptedIssuers())
                .singleElement()
                .satisfies(issuer ->
                        assertThat(issuer.getSubjectX500Principal().getName()).isEqualTo("CN=druid"));
    }

    @Test
    void a_file_that_is_absent_empty_or_no_certificate_is_refused_naming_the_setting() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate\n");
        for (Path file : new Path[] {folder.resolve("absent.pem"), empty, text}) {
            assertThatThrownBy(() -> CertificateAuthority.trust("dolmen.druid.ca-file", file))
                    .isInstanceOf(StepFailure.Unusable.class)
                    .hasMessageContaining("dolmen.druid.ca-file")
                    .hasMessageContaining(file.toString());
        }
    }
}
