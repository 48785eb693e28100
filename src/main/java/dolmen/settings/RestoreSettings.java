package dolmen.settings;

/** The {@code dolmen.restore.*} block: of how many restores the replaced data are kept after they were verified. */
public record RestoreSettings(int safetyCopies) {
    public RestoreSettings {
        if (safetyCopies < 0) {
            throw new IllegalArgumentException("dolmen.restore.safety-copies is below 0: " + safetyCopies);
        }
    }
}
