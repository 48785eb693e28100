package dolmen.deepstorage.local;

import dolmen.deepstorage.SegmentFiles;
import dolmen.deepstorage.SwapState;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The swap by shell scripts in throw-away containers, one for each operation, where this process cannot write the volume.
 * The scripts need no more than busybox has, and do what {@link FolderSwap} does.
 */
final class ScriptSwap implements Swap {
    private static final String STATE = "state:";

    /** What all scripts use. A script ends with status 22 for what {@code fail} says, and with 21 when there is no shared folder. */
    private static final String FUNCTIONS = """
            fail() { echo "$1" >&2; exit 22; }
            flush() { sync -f . 2>/dev/null || sync; }
            has() { [ -e "$1" ] || [ -L "$1" ]; }
            like() {
              chown "$(stat -c %u:%g "$2")" "$1" && chmod "$(stat -c %a "$2")" "$1" || fail "cannot give $1 its owner"
            }
            make() {
              rm -rf "$making" && mkdir "$making" || fail "cannot make $making"
              like "$making" "$2"
              mv "$making" "$1" || fail "cannot make $1"
            }
            move_all() {
              for e in "$1"/* "$1"/.[!.]* "$1"/..?*; do
                has "$e" || continue
                n="${e##*/}"
                case "$n" in .dolmen-*) continue ;; esac
                if has "$2/$n"; then fail "$2/$n is in the way of a swap"; fi
                if [ ! -L "$e" ] && [ "$(stat -c %d "$e")" != "$(stat -c %d "$2")" ]; then
                  fail "$e is a mount of its own"
                fi
                mv "$e" "$2/$n" || fail "cannot move $e"
              done
            }
            tidy() { rm -rf "$making"; flush; }
            settled() {
              if has "$outgoing" || { has "$incoming" && has "$old"; }; then fail "the swap is not complete"; fi
            }
            make_folders() {
              if [ ! -d "$1" ]; then
                make_folders "$(dirname "$1")" "$2"
                [ -d "$1" ] || { mkdir "$1" && like "$1" "$2"; } || fail "cannot make $1"
              fi
            }
            keep() {
              make_folders "$(dirname "$kept/$1")" .
              rm -f "$kept/$1"
              ln "$1" "$kept/$1" 2>/dev/null || mv "$1" "$kept/$1" || fail "cannot keep $1"
            }
            drop() {
              settled
              rm -rf "$dropping" || fail "cannot delete $dropping"
              if has "$1"; then mv "$1" "$dropping" && rm -rf "$dropping" || fail "cannot delete $1"; fi
            }
            """;

    private static final String SWAP_IN = """
            has "$incoming" || has "$old" || fail "nothing is unpacked, so nothing can be swapped in"
            if has "$outgoing" && ! has "$incoming"; then fail "nothing is unpacked, so nothing can be swapped in"; fi
            if has "$incoming" && ! has "$outgoing" && ! has "$old"; then make "$outgoing" .; fi
            if has "$outgoing"; then
              move_all . "$outgoing"
              flush
              mv "$outgoing" "$old" || fail "cannot rename $outgoing"
            fi
            if has "$incoming"; then
              move_all "$incoming" .
              like . "$incoming"
              flush
              rm -rf "$incoming" || fail "cannot delete $incoming"
            fi
            tidy
            """;

    private static final String SWAP_BACK = """
            if has "$old" && ! has "$incoming" && ! has "$outgoing"; then make "$incoming" .; fi
            if has "$old" && has "$incoming" && ! has "$outgoing"; then
              move_all . "$incoming"
              like . "$old"
              flush
              mv "$old" "$outgoing" || fail "cannot rename $old"
            fi
            if has "$outgoing"; then
              move_all "$outgoing" .
              rmdir "$outgoing" || fail "cannot delete $outgoing"
            fi
            tidy
            """;

    private static final String MERGE_IN = """
            if has "$incoming"; then
              (cd "$incoming" && find . -type d) | while IFS= read -r d; do
                if [ -L "$d" ] || { has "$d" && [ ! -d "$d" ]; }; then
                  fail "$d is a link or a file where a folder belongs"
                fi
              done || exit 22
              (cd "$incoming" && find . ! -type d) | while IFS= read -r f; do
                if [ -d "$f" ]; then fail "$f is a folder, or a link to one, where a file belongs"; fi
              done || exit 22
              (cd "$incoming" && find . -type d) | while IFS= read -r d; do
                has "$d" || { mkdir "$d" && like "$d" "$incoming/$d"; } || fail "cannot make $d"
              done || exit 22
              (cd "$incoming" && find . ! -type d) | while IFS= read -r f; do
                if has "$f" && { [ -L "$f" ] || ! cmp -s "$incoming/$f" "$f"; }; then keep "$f"; fi
                mv -f "$incoming/$f" "$f" || fail "cannot move $f"
              done || exit 22
              flush
              rm -rf "$incoming" || fail "cannot delete $incoming"
            fi
            tidy
            """;

    private static final String PUT_KEPT_BACK = """
            if has "$kept"; then
              (cd "$kept" && find . -type d) | while IFS= read -r d; do
                if [ -L "$d" ] || { has "$d" && [ ! -d "$d" ]; }; then
                  fail "$d is a link or a file where a folder belongs"
                fi
              done || exit 22
              (cd "$kept" && find . ! -type d) | while IFS= read -r f; do
                make_folders "$(dirname "$f")" .
                mv -f "$kept/$f" "$f" || fail "cannot put $f back"
              done || exit 22
              flush
              rm -rf "$kept" || fail "cannot delete $kept"
            fi
            tidy
            """;

    private static final String IMMOVABLE = """
            for e in ./* ./.[!.]* ./..?*; do
              has "$e" || continue
              n="${e#./}"
              case "$n" in .dolmen-*) continue ;; esac
              if [ ! -L "$e" ] && [ "$(stat -c %d "$e")" != "$(stat -c %d .)" ]; then
                echo "found:$n is a mount of its own" >&2
              fi
            done
            """;

    private static final String SHOW = """
            if has "$incoming"; then echo state:incoming >&2; fi
            if has "$outgoing"; then echo state:outgoing >&2; fi
            if has "$old"; then echo state:old >&2; fi
            """;

    private final Host host;
    private final String service;
    private final String path;
    private final Names names;

    ScriptSwap(Host host, String service, String path, RunMark run) {
        this.host = host;
        this.service = service;
        this.path = path;
        this.names = Names.of(run);
    }

    @Override
    public SwapState state() {
        List<String> present = run(SHOW)
                .stderr()
                .lines()
                .filter(line -> line.startsWith(STATE))
                .map(line -> line.substring(STATE.length()).strip())
                .toList();
        return Swap.state(present.contains("incoming"), present.contains("outgoing"), present.contains("old"));
    }

    @Override
    public void swapIn() {
        run(SWAP_IN);
    }

    @Override
    public void swapBack() {
        run(SWAP_BACK);
    }

    @Override
    public List<String> immovable() {
        return ScriptObstacles.found(run(IMMOVABLE).stderr());
    }

    @Override
    public List<String> inTheWay(SegmentFiles coming) {
        return ScriptObstacles.of(coming, script -> run(script).stderr());
    }

    @Override
    public void mergeIn() {
        run(MERGE_IN);
    }

    @Override
    public void putKeptBack() {
        run(PUT_KEPT_BACK);
    }

    @Override
    public void dropOld() {
        run("drop \"$old\"\nrm -rf \"$kept\" || fail \"cannot delete $kept\"\ntidy\n");
    }

    @Override
    public void dropNew() {
        run("drop \"$incoming\"\nrm -rf \"$part\" || fail \"cannot delete $part\"\ntidy\n");
    }

    /** The variables and functions that the scripts use, for a script of the caller's own. */
    String prologue() {
        return "cd " + Shell.quote(path) + " || exit 21\n"
                + "incoming=./" + names.incoming() + "\npart=./" + names.part() + "\noutgoing=./" + names.outgoing()
                + "\nold=./" + names.old() + "\nmaking=./" + names.making() + "\ndropping=./" + names.dropping()
                + "\nkept=./" + names.kept() + "\n"
                + FUNCTIONS;
    }

    private Outcome run(String script) {
        return run(host, service, prologue() + script, Optional.empty());
    }

    /** Runs the script and throws {@code Failed} with what it wrote when it does not succeed. */
    static Outcome run(Host host, String service, String script, Optional<Path> folder) {
        Outcome outcome = host.runBeside(service, script, folder);
        if (!outcome.succeeded()) {
            throw new StepFailure.Failed(
                    "a script beside " + service + " ended with status " + outcome.exitStatus()
                            + TransportChoice.said(outcome),
                    "Correct what it says, and repeat: dolmen recover completes or undoes what was begun.");
        }
        return outcome;
    }
}
