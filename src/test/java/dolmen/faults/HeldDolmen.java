package dolmen.faults;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import dolmen.runs.RunJournal;
import dolmen.stories.DolmenCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Dolmen in a process of its own, held by a debugger where a step begins or at the n-th call of a method, so that a
 * fault is made, or the process killed, at exactly that place.
 */
final class HeldDolmen implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final VirtualMachine machine;
    private EventSet held;

    private HeldDolmen(Process process, VirtualMachine machine) {
        this.process = process;
        this.machine = machine;
    }

    /** Starts a command and holds it when it is about to begin this step. */
    static HeldDolmen atStep(String step, DolmenCommand dolmen, String... command) throws Exception {
        HeldDolmen held = start(dolmen, command);
        held.runTo(RunJournal.class.getName(), "beginStep", arguments -> arguments.contains(step));
        return held;
    }

    /** Starts a command and holds it at a call of this method, after so many others. */
    static HeldDolmen atCall(String type, String method, int before, DolmenCommand dolmen, String... command)
            throws Exception {
        Class.forName(
                type, false, HeldDolmen.class.getClassLoader()); // a name that is not there would be awaited in vain
        HeldDolmen held = start(dolmen, command);
        int[] calls = {0};
        held.runTo(type, method, arguments -> calls[0]++ == before);
        return held;
    }

    private static HeldDolmen start(DolmenCommand dolmen, String... command) throws Exception {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        arguments.get("timeout").setValue("" + LIMIT.toMillis());
        String address = connector.startListening(arguments);
        try {
            String port = address.substring(address.lastIndexOf(':') + 1);
            Process process = dolmen.start(
                    List.of("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port),
                    command);
            return new HeldDolmen(process, connector.accept(arguments));
        } finally {
            connector.stopListening(arguments);
        }
    }

    private void runTo(String type, String method, Predicate<List<String>> wanted) throws Exception {
        List<ReferenceType> loaded = machine.classesByName(type);
        loaded.forEach(each -> breakAt(each, method));
        if (loaded.isEmpty()) {
            ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(type);
            prepared.enable();
        }
        machine.resume();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            EventSet events = machine.eventQueue().remove(LIMIT.toMillis());
            if (events == null) {
                break;
            }
            for (Event event : events) {
                if (event instanceof ClassPrepareEvent loading) {
                    breakAt(loading.referenceType(), method);
                }
                if (event instanceof BreakpointEvent call && wanted.test(arguments(call))) {
                    held = events;
                    return;
                }
            }
            events.resume();
        }
        throw new AssertionError(method + " of " + type + " was not called within " + LIMIT);
    }

    private void breakAt(ReferenceType type, String method) {
        type.methodsByName(method).stream().filter(each -> !each.isBridge()).forEach(each -> {
            BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(each.location());
            request.enable();
        });
    }

    private static List<String> arguments(BreakpointEvent call) throws Exception {
        return call.thread().frame(0).getArgumentValues().stream()
                .map(HeldDolmen::text)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> text(Value value) {
        return value instanceof StringReference string ? Optional.of(string.value()) : Optional.empty();
    }

    /** Lets it go on to its end; its exit status. */
    int goOn() throws Exception {
        machine.eventRequestManager().deleteAllBreakpoints();
        held.resume();
        machine.dispose();
        if (!process.waitFor(LIMIT.toMinutes(), java.util.concurrent.TimeUnit.MINUTES)) {
            throw new AssertionError("dolmen did not end within " + LIMIT);
        }
        return process.exitValue();
    }

    /** Kills it with signal 9 where it stands. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
