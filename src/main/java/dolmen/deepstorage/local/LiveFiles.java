package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.archive.TarMember;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The files of a shared folder as they are now, by names relative to it, Dolmen's own too. */
final class LiveFiles {
    private LiveFiles() {}

    static SegmentFiles inFolder(Path folder) {
        return visitor -> {
            try {
                Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            visitor.accept(folder.relativize(file).toString(), attributes.size());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }
                });
            } catch (IOException unreadable) {
                throw FileFailures.reading(folder, unreadable);
            }
        };
    }

    /**
     * A list that a throw-away container writes into a folder of this machine; {@code find} and {@code stat} may be busybox's.
     * They fail for a file that vanishes meanwhile, and when that is all that they complain of, the list is whole.
     */
    static SegmentFiles besideService(Host host, SegmentsSettings settings, Path scratch) {
        return visitor -> {
            Path list = scratch.resolve(LocalDeepStorage.OWN + "files");
            try (PartFile file = PartFile.create(list)) {
                Outcome outcome = host.runBeside(
                        settings.service(),
                        "cd " + Shell.quote(settings.path()) + " || exit 1\n"
                                + "said=$(LC_ALL=C find . -type f -exec stat -c '%s %n' {} + 2>&1 > "
                                + Host.inFolder(file.part()) + ") && exit 0\n"
                                + "[ -n \"$said\" ] || exit 1\n"
                                + "printf '%s\\n' \"$said\" | grep -v ': No such file or directory$' >&2 && exit 1\n"
                                + "exit 0\n",
                        Optional.of(scratch));
                if (!outcome.succeeded()) {
                    throw new StepFailure.Failed(
                            "the files of " + settings.path() + " could not be listed" + TransportChoice.said(outcome),
                            "Set dolmen.segments.transport to api.");
                }
                visit(file.part(), visitor);
            } catch (IOException refused) {
                throw FileFailures.writing(list, refused);
            }
        };
    }

    private static void visit(Path list, SegmentFiles.Visitor visitor) throws IOException {
        // lenient: a name that is no UTF-8 must not hide the others
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(list), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.indexOf(' ');
                // the second line of a name with a line feed in it: no segment has one
                if (blank > 0 && line.startsWith("./", blank + 1)) {
                    visitor.accept(line.substring(blank + 3), Long.parseLong(line.substring(0, blank)));
                }
            }
        }
    }

    /** The engine sends their content too, which is counted. */
    static SegmentFiles throughApi(Host host, SegmentsSettings settings, Meter meter) {
        return visitor -> {
            try (ApiFolder folder = ApiFolder.openWhole(host, settings)) {
                for (Optional<TarMember> next = folder.next(); next.isPresent(); next = folder.next()) {
                    if (next.get().isFile()) {
                        visitor.accept(next.get().name(), next.get().size());
                        meter.add(next.get().size());
                    }
                }
            }
        };
    }
}
