package shared;

import org.apache.camel.builder.RouteBuilder;

/** What the routes of all steps have in common; a failure goes up to the route of the run. */
public final class StepTemplate extends RouteBuilder {
    static final String NAME = "step";
    static final String WORD = "word";

    @Override
    public void configure() {
        routeTemplate(NAME)
                .templateParameter(WORD)
                .from("direct:{{" + WORD + "}}")
                .routeConfigurationId(StepFailures.STEP)
                .process("{{" + WORD + "}}");
    }
}
