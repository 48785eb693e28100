package dolmen.settings;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads the certificates of private certificate authorities from a PEM file. */
public final class CertificateAuthority {
    private CertificateAuthority() {}

    /**
     * A trust manager that trusts the certificates of this file and no others.
     *
     * @param key the setting that names the file, for failures
     * @throws StepFailure.Unusable when the file cannot be read or holds no certificate
     */
    public static X509TrustManager trust(String key, Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw unusable(key, file, "it holds no certificate", null);
            }
            return trust(certificates);
        } catch (IOException | GeneralSecurityException wrong) {
            throw unusable(key, file, wrong.toString(), wrong);
        }
    }

    private static X509TrustManager trust(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        return Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("every JDK has an X.509 trust manager"));
    }

    private static StepFailure unusable(String key, Path file, String reason, Exception cause) {
        return new StepFailure.Unusable(
                "cannot use " + key + " " + file + ": " + reason,
                "Give a PEM file with the certificate of the authority that signed the server's certificate.",
                cause);
    }
}
