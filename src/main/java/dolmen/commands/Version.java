package dolmen.commands;

import dolmen.app.DolmenVersion;
import picocli.CommandLine.IVersionProvider;

/** Dolmen's version, for {@code --version}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"dolmen " + DolmenVersion.text()};
    }
}
