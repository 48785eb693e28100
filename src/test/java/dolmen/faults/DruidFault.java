package dolmen.faults;

import static dolmen.model.ExitCode.FAILED;

import dolmen.druid.Answer;
import dolmen.druid.FakeDruid;
import dolmen.faults.FaultBench.Undo;
import dolmen.model.ExitCode;
import dolmen.stories.DolmenCommand;
import java.time.Duration;

/** What a hand-made server in Druid's place answers to everything; a real Druid cannot be made to say these. */
enum DruidFault {
    REFUSES("Druid's port is closed", FAILED, null),
    UNAUTHORIZED("Druid answers 401", FAILED, Answer.of(401, "application/json", "{\"error\":\"Unauthorized\"}")),
    BROKEN("Druid answers 500", FAILED, Answer.of(500, "application/json", "{\"error\":\"broken\"}")),
    HTML("Druid answers a page of a proxy", FAILED, Answer.html(200, "<html>log in</html>")),
    EMPTY("Druid answers {}", FAILED, Answer.json("{}")),
    CUT("Druid answers half a JSON document", FAILED, Answer.json("{\"wiki\":")),
    SLOW("Druid does not answer in time", FAILED, Answer.json("{}").after(Duration.ofMinutes(1)));

    final String words;
    final ExitCode exit;
    private final Answer answer;
    private FakeDruid server;

    DruidFault(String words, ExitCode exit, Answer answer) {
        this.words = words;
        this.exit = exit;
        this.answer = answer;
    }

    /** Dolmen with this server for Druid. */
    DolmenCommand of(DolmenCommand dolmen) {
        server = answer == null ? null : FakeDruid.always(answer);
        return dolmen.with("dolmen.druid.call-limit", "2s")
                .with("dolmen.druid.verify-limit", "2s")
                .with(
                        "dolmen.druid.url",
                        server == null ? "http://127.0.0.1:9" : server.url().toString());
    }

    Undo make() {
        return () -> {
            if (server != null) {
                server.close();
            }
        };
    }
}
