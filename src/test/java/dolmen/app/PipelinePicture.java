package dolmen.app;

import dolmen.app.RouteModel.Step;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/pipelines.svg}: the steps of the pipelines in boxes, those in another colour for which services are down. */
public final class PipelinePicture {
    private static final int BOX = 136;
    private static final int HEIGHT = 32;
    private static final int STEP = BOX + 20;
    private static final int ROW = HEIGHT + 26;
    private static final int PER_ROW = 6;
    private static final int MARGIN = 20;
    private static final int WIDTH = 2 * MARGIN + PER_ROW * STEP - 20;

    private final StringBuilder shapes = new StringBuilder();
    private int top = MARGIN;

    /** Adds one pipeline below the others; {@code again} says when steps of a loop are repeated. */
    public PipelinePicture with(String title, List<Step> steps, String again) {
        text(MARGIN, top + 12, "title", title);
        top += 30;
        List<String> names = steps.stream().map(Step::name).toList();
        int down = names.indexOf("stop-services");
        int up = names.indexOf("start-services");
        for (int number = 0; number < steps.size(); number++) {
            boolean isDown = down >= 0 && number >= down && number <= up;
            box(x(number), y(number), isDown ? "down" : "step", names.get(number));
            if (number > 0) {
                arrow(number);
            }
        }
        loop(steps, again);
        top = y(steps.size() - 1) + HEIGHT + 28;
        return this;
    }

    public String text() {
        box(MARGIN, top - 6, "down", "services are down");
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <style>
                .page { fill: #ffffff; stroke: #d0d7de } .step { fill: #eef4fb; stroke: #4a78a8 } .down { fill: #fdebc8; stroke: #b57a12 }
                .line { fill: none; stroke: #57606a } .loop { fill: none; stroke: #57606a; stroke-dasharray: 3 3 }
                text { fill: #1f2328 } .title { font-weight: bold; font-size: 14px } .name { text-anchor: middle } .again { text-anchor: middle; font-size: 10px }
                </style>
                <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>
                <rect class="page" x="0.5" y="0.5" width="%d" height="%d" rx="8"/>
                %s</svg>
                """.formatted(WIDTH, top + HEIGHT + 8, WIDTH - 1, top + HEIGHT + 7, shapes);
    }

    private int x(int number) {
        return MARGIN + number % PER_ROW * STEP;
    }

    private int y(int number) {
        return top + number / PER_ROW * ROW;
    }

    private void arrow(int to) {
        int middle = y(to) + HEIGHT / 2;
        path(
                "line",
                to % PER_ROW > 0
                        ? "M%d %dH%d".formatted(x(to) - STEP + BOX, middle, x(to))
                        : "M%d %dv13H%dV%d".formatted(x(to - 1) + BOX / 2, y(to - 1) + HEIGHT, x(to) + BOX / 2, y(to)));
    }

    /** A dashed line above the boxes, from the last step of the loop back to its first. */
    private void loop(List<Step> steps, String again) {
        List<Integer> repeated = Stream.iterate(0, number -> number < steps.size(), number -> number + 1)
                .filter(number -> steps.get(number).again())
                .collect(Collectors.toList());
        if (repeated.isEmpty()) {
            return;
        }
        int from = x(repeated.get(repeated.size() - 1)) + BOX / 2;
        int back = x(repeated.get(0)) + BOX / 2;
        int above = y(repeated.get(0));
        path("loop", "M%d %dv-12H%dV%d".formatted(from, above, back, above));
        text((from + back) / 2, above - 16, "again", again);
    }

    private void box(int x, int y, String kind, String name) {
        shapes.append("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>%n"
                .formatted(kind, x, y, BOX, HEIGHT));
        text(x + BOX / 2, y + HEIGHT / 2 + 4, "name", name);
    }

    private void path(String kind, String line) {
        shapes.append("<path class=\"%s\" d=\"%s\" marker-end=\"url(#head)\"/>%n".formatted(kind, line));
    }

    private void text(int x, int y, String kind, String words) {
        shapes.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(kind, x, y, words));
    }
}
