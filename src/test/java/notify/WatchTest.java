package notify;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import notices.Watch;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchTest {
    @Test
    void it_looks_again_and_again_whatever_a_look_throws() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new Watch(
                    "watch-it",
                    () -> {
                        looks.incrementAndGet();
                        throw new IllegalStateException("a bug");
                    },
                    Duration.ofMillis(50)));
            context.start();
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> looks.get() >= 3);
        }
    }
}
