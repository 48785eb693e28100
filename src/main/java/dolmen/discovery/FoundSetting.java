package dolmen.discovery;

/** One setting, where its value was seen, and what is to become of it. Never one with a secret. */
record FoundSetting(String key, String value, String from, Kind kind) {
    enum Kind {
        /** It differs from the default. */
        SET,
        /** It is the default. */
        DEFAULT,
        /** A person must fill it in. */
        ADVICE
    }
}
