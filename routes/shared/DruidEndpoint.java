package shared;

import dolmen.settings.CertificateAuthority;
import dolmen.settings.DruidSettings;
import java.nio.file.Path;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** The URI of the endpoint that all calls to Druid go through. Its HTTP client and its trusted authorities are put into the registry. */
record DruidEndpoint(DruidSettings settings, Registry registry) {
    String uri() {
        registry.bind("druid-client", new DruidClient(settings));
        long limit = settings.callLimit().toMillis();
        String endpoint = settings.url()
                + "?httpClientConfigurer=#druid-client&throwExceptionOnFailure=false&disableStreamCache=true"
                + "&followRedirects=false&copyHeaders=false&skipRequestHeaders=true"
                + "&connectTimeout=" + limit + "&connectionRequestTimeout=" + limit + "&responseTimeout=" + limit;
        if (settings.caFile().isEmpty() || !"https".equals(settings.url().getScheme())) {
            return endpoint;
        }
        registry.bind("druid-authority", authority(settings.caFile().get()));
        return endpoint + "&sslContextParameters=#druid-authority";
    }

    /** Trusts the authorities of this file alone; host names are still checked. */
    private static SSLContextParameters authority(Path file) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setTrustManager(CertificateAuthority.trust("dolmen.druid.ca-file", file));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }
}
