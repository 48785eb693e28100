package dolmen.stack.memory;

import dolmen.model.StepFailure.Failed;
import dolmen.stack.LocalProgram;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** The files of a host's services: a folder of this machine is their root, and their scripts name just these of its folders. */
record MemoryFiles(Path root, List<String> folders) {
    /** A tar of a path, by GNU tar, whose members are named as an engine names them. */
    InputStream read(String path) {
        Path inside = inside(path);
        if (!Files.exists(inside, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failed("there is no " + path, "Check the path.", new NoSuchFileException(path));
        }
        try {
            Path tar = Files.createTempFile("memory", ".tar");
            tar("-C", inside.getParent().toString(), "-cf", tar.toString(), "--", inside.getFileName() + "");
            InputStream content = Files.newInputStream(tar);
            Files.delete(tar);
            return content;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    void write(String folder, InputStream tar) {
        try {
            Path file = Files.createTempFile("memory", ".tar");
            try (OutputStream out = Files.newOutputStream(file)) {
                tar.transferTo(out);
            }
            tar("-C", inside(folder).toString(), "--numeric-owner", "-xpf", file.toString());
            Files.delete(file);
        } catch (IOException broken) {
            throw new Failed("cannot unpack into " + folder + ": " + broken.getMessage(), "Look at it.", broken);
        }
    }

    /** A script whose paths are those of the services, with the paths of this machine. */
    String seenFromHere(String script) {
        String here = script;
        for (String folder : folders) {
            here = here.replaceAll("(?<![\\w./])" + folder + "/", Matcher.quoteReplacement(root + folder + "/"));
        }
        return folders.isEmpty() ? here : here.replace("cd / ", "cd '" + root + "' ");
    }

    private Path inside(String path) {
        return Path.of(root + path);
    }

    /** Status 1 tells of a file that changed meanwhile, as one of a running service may. */
    private static void tar(String... arguments) {
        List<String> words =
                Stream.concat(Stream.of("tar"), Stream.of(arguments)).toList();
        Outcome outcome = new LocalProgram(words, Map.of(), Optional.empty()).run(OutputStream.nullOutputStream());
        if (outcome.exitStatus() > 1) {
            throw new Failed("tar failed: " + outcome.stderr(), "Look at it.");
        }
    }
}
