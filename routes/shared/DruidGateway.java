package shared;

import dolmen.druid.CallFailure;
import dolmen.druid.DruidCall;
import dolmen.druid.DruidReply;
import dolmen.druid.DruidRequest;
import dolmen.model.StepFailure;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The route {@code druid-http} as a plain function, for classes that know no Camel. */
public final class DruidGateway {
    static final String CALL = "druid-call";

    private DruidGateway() {}

    /** Calls that throw a {@link StepFailure} when Druid does not answer; the template stays the caller's. */
    public static DruidCall over(ProducerTemplate template) {
        return new DruidCall() {
            @Override
            public <T> T send(DruidRequest request, Reader<T> reader) {
                Call<T> call = new Call<>(request, reader);
                Exchange exchange = template.request("direct:druid-http", filled -> filled.setProperty(CALL, call));
                return call.result(exchange.getException());
            }
        };
    }

    /** One call under way: what is asked, who reads the reply, and what became of it. */
    static final class Call<T> {
        private final DruidRequest request;
        private final DruidCall.Reader<T> reader;
        private T result;

        Call(DruidRequest request, DruidCall.Reader<T> reader) {
            this.request = request;
            this.reader = reader;
        }

        DruidRequest request() {
            return request;
        }

        void read(DruidReply reply) throws IOException {
            result = reader.read(reply);
        }

        T result(Exception failure) {
            if (failure == null) {
                return result;
            }
            if (failure instanceof StepFailure known) {
                throw known;
            }
            if (failure instanceof IOException broken) {
                throw CallFailure.of(request, broken);
            }
            throw new IllegalStateException("call to druid failed: " + request.what(), failure);
        }
    }
}
