package dolmen.storage;

import dolmen.settings.CertificateAuthority;
import dolmen.settings.StorageSettings;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes the client. The SDK's own trailing checksums are off, since compatible servers refuse them; Dolmen sends an MD5
 * with each part and compares a SHA-256 of each object.
 */
final class S3Clients {
    private S3Clients() {}

    static S3Client of(StorageSettings settings) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder().maxConnections(16);
        settings.caFile()
                .ifPresent(file -> http.tlsTrustManagersProvider(
                        () -> new TrustManager[] {CertificateAuthority.trust("dolmen.storage.ca-file", file)}));
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
        settings.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentialsProvider credentials(StorageSettings settings) {
        if (settings.accessKey().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                settings.accessKey().get(), settings.secretKey().orElseThrow().reveal()));
    }
}
