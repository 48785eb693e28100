package dolmen.archive;

import java.util.Optional;
import java.util.function.Function;

/**
 * A tar whose members get other names while it is streamed: the function says the new one, or nothing to leave the member
 * out. Targets of hard links are renamed alike. Damage of the original shows while this is read.
 */
public final class RenamedTar extends TarParts {
    private final TarReader original;
    private final Function<String, Optional<String>> names;

    public RenamedTar(TarReader original, Function<String, Optional<String>> names) {
        this.original = original;
        this.names = names;
    }

    @Override
    boolean addMember() {
        for (Optional<TarMember> next = original.next(); next.isPresent(); next = original.next()) {
            Optional<TarMember> renamed = renamed(next.get());
            if (renamed.isPresent()) {
                addHeader(renamed.get());
                addContent(original.content(), renamed.get().size());
                return true;
            }
        }
        return false;
    }

    private Optional<TarMember> renamed(TarMember member) {
        Optional<TarMember> renamed = names.apply(member.name()).map(member::named);
        if (member.kind() != TarMember.Kind.HARDLINK) {
            return renamed;
        }
        return renamed.map(link -> new TarMember(
                link.name(),
                link.kind(),
                0,
                link.attributes(),
                names.apply(member.link()).orElseThrow(),
                link.offset()));
    }

    @Override
    public void close() {
        original.close();
    }
}
