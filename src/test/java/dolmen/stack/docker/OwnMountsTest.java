package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import dolmen.model.StepFailure;
import dolmen.stack.EngineAddress;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dolmen in a container of its own reaches a volume where it is mounted there. */
class OwnMountsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String VOLUME = "/var/lib/docker/volumes/stack_druid_shared/_data";

    @TempDir
    Path folder;

    private Path mountTable;

    @BeforeEach
    void a_mount_table_of_a_container() throws Exception {
        mountTable = Files.writeString(
                folder.resolve("mountinfo"),
                "612 530 0:83 / / ro,relatime - overlay overlay rw\n"
                        + "620 612 254:0 " + VOLUME + " /opt/shared ro,relatime - ext4 /dev/vda rw\n"
                        + "621 612 254:0 /var/lib/docker/containers/" + ID
                        + "/hostname /etc/hostname rw,relatime - ext4 /dev/vda rw\n");
    }

    @Test
    void a_volume_that_both_containers_have_is_seen_where_it_is_mounted_here() {
        Mount seen = only(mounts(engine()).seen(service(new Mount("/opt/druid/shared", Path.of(VOLUME), name()))));
        assertThat(seen).isEqualTo(new Mount("/opt/druid/shared", Path.of("/mnt/shared"), name()));
    }

    @Test
    void a_folder_below_one_that_is_mounted_here_is_seen_in_it_by_the_longest_mount() {
        Service seen = mounts(engine())
                .seen(service(new Mount("/a", Path.of("/srv/data/a"), Optional.empty()), mount("/srv/data/deep/b")));
        assertThat(seen.mounts())
                .extracting(Mount::source)
                .containsExactly(Path.of("/data/a"), Path.of("/elsewhere/b"));
        assertThat(seen.mounts()).extracting(Mount::origin).containsExactly("/srv/data/a", "/srv/data/deep/b");
    }

    @Test
    void what_is_not_mounted_here_keeps_its_name() {
        Service service = service(mount("/var/lib/docker/volumes/other/_data"), mount(VOLUME + "-old"));
        assertThat(mounts(engine()).seen(service)).isEqualTo(service);
    }

    @Test
    void outside_of_a_container_nothing_is_asked() throws Exception {
        Files.writeString(mountTable, "25 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n");
        Service service = service(mount(VOLUME));
        assertThat(mounts(unasked()).seen(service)).isEqualTo(service);
        assertThat(new OwnMounts(folder.resolve("none"), unasked(), failures()).seen(service))
                .isEqualTo(service);
    }

    @Test
    void a_container_of_another_engine_is_unknown_to_this_one() {
        Service service = service(mount(VOLUME));
        Containers stranger = new Unasked() {
            @Override
            public InspectContainerResponse inspect(String container) {
                throw new NotFoundException("no such container");
            }
        };
        assertThat(mounts(stranger).seen(service)).isEqualTo(service);
    }

    private OwnMounts mounts(Containers containers) {
        return new OwnMounts(mountTable, containers, failures());
    }

    private static EngineFailures failures() {
        return new EngineFailures(new EngineAddress(URI.create("tcp://engine"), Optional.empty()));
    }

    private static Optional<String> name() {
        return Optional.of("stack_druid_shared");
    }

    private static Mount mount(String source) {
        return new Mount("/opt/shared", Path.of(source), Optional.empty());
    }

    private static Mount only(Service service) {
        assertThat(service.mounts()).hasSize(1);
        return service.mounts().get(0);
    }

    private static Service service(Mount... mounts) {
        return new Service("historical", "id", "image", true, Map.of(), List.of(mounts), "druid", Optional.of("stack"));
    }

    private static Containers engine() {
        return new Unasked() {
            @Override
            public InspectContainerResponse inspect(String container) {
                assertThat(container).isEqualTo(ID);
                try {
                    return new ObjectMapper()
                            .readValue(
                                    "{\"Mounts\": ["
                                            + "{\"Name\": \"stack_druid_shared\", \"Source\": \"" + VOLUME
                                            + "\", \"Destination\": \"/mnt/shared\", \"RW\": false},"
                                            + "{\"Source\": \"/srv/data\", \"Destination\": \"/data\", \"RW\": true},"
                                            + "{\"Source\": \"/srv/data/deep\", \"Destination\": \"/elsewhere\"}]}",
                                    InspectContainerResponse.class);
                } catch (java.io.IOException wrong) {
                    throw new AssertionError(wrong);
                }
            }
        };
    }

    private static Containers unasked() {
        return new Unasked();
    }

    /** An engine that nothing is asked of. */
    private static class Unasked implements Containers {
        @Override
        public InspectContainerResponse inspect(String container) {
            throw new StepFailure.Failed("asked for " + container, "Ask nothing.");
        }

        @Override
        public void stop(String container, Duration limit) {
            throw new AssertionError(container);
        }

        @Override
        public void start(String container) {
            throw new AssertionError(container);
        }

        @Override
        public int runThrowAway(ThrowAway container) {
            throw new AssertionError(container.name());
        }

        @Override
        public void remove(String container) {
            throw new AssertionError(container);
        }
    }
}
