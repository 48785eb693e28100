package dolmen.druid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate, made by the JDK's keytool, and a server context that uses it. */
public final class Certificates {
    private static final String STORE_PASSWORD = "changeit";

    private final Path store;

    private Certificates(Path store) {
        this.store = store;
    }

    /** @param name a subject alternative name such as {@code ip:127.0.0.1} */
    public static Certificates selfSigned(Path folder, String name) throws IOException, InterruptedException {
        Path store = folder.resolve("druid.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "druid",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=druid",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        return new Certificates(store);
    }

    /** Writes the certificate as PEM. */
    public Path pem() throws IOException, GeneralSecurityException {
        String text = Base64.getMimeEncoder()
                .encodeToString(keys().getCertificate("druid").getEncoded());
        return Files.writeString(
                store.resolveSibling("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    /** What a server needs to show the certificate. */
    public SSLContext server() throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(), STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        return keys;
    }
}
