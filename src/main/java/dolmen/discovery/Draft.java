package dolmen.discovery;

import dolmen.discovery.FoundSetting.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects what the parts of a discovery have found. */
final class Draft {
    private final List<FoundSetting> settings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A value that was seen; one that is the default is written as a comment only. */
    void found(String key, String value, String defaultValue, String from) {
        settings.add(new FoundSetting(key, value, from, value.equals(defaultValue) ? Kind.DEFAULT : Kind.SET));
    }

    /** A setting that only a person knows, with an example. */
    void advise(String key, String example, String why) {
        settings.add(new FoundSetting(key, example, why, Kind.ADVICE));
    }

    /** Something that a person should look at. */
    void note(String text) {
        notes.add(text);
    }

    List<FoundSetting> settings() {
        return List.copyOf(settings);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
