package intake;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets ordinary files through. A folder, a pipe or a link to nothing can be neither read nor taken: it is left alone, and
 * told once when its name is one that would be taken.
 */
final class OrdinaryFiles implements GenericFileFilter<File> {
    private static final Logger LOG = LoggerFactory.getLogger(OrdinaryFiles.class);

    private final String taken;
    private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();

    /** {@code taken} is the pattern of the names that would be taken. */
    OrdinaryFiles(String taken) {
        this.taken = taken;
    }

    /** Camel asks about a file that is gone, too, before it removes the lock file that a killed process left of it. */
    @Override
    public boolean accept(GenericFile<File> found) {
        String name = found.getFileNameOnly();
        boolean gone = !Files.exists(found.getFile().toPath(), LinkOption.NOFOLLOW_LINKS);
        if (gone || found.getFile().isFile()) {
            leftAlone.remove(name);
            return true;
        }
        if (name.matches(taken) && leftAlone.add(name)) {
            LOG.warn("{} in the inbox is no file and is left alone HINT: remove it", name);
        }
        return false;
    }
}
