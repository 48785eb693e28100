package dolmen.app;

import dolmen.model.Kind;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Locked;
import dolmen.progress.Display;
import dolmen.progress.RunProgress;
import dolmen.runs.DeadLetters;
import dolmen.runs.DueTimes;
import dolmen.runs.Endings;
import dolmen.runs.Inbox;
import dolmen.runs.Recovery;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.runs.Runner;
import dolmen.runs.ScheduleCheck;
import dolmen.runs.Scratch;
import dolmen.settings.Settings;
import dolmen.settings.Timetable;
import intake.DueBackup;
import intake.MissedBackup;
import intake.QuartzSchedule;
import intake.ScheduleWatchdog;
import intake.TriggerInbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shared.StepJournal;

/**
 * Dolmen in one process: a Camel Main with the pipelines, for one run ({@link #run}) or for as long as it is let
 * ({@link #serve}). Both go through the same routes.
 */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final int STOP_LIMIT_SECONDS = 4;

    private final Settings settings;
    private final Clock clock;
    private final CamelContext context;
    private final Main camel;
    private final NoticeRoutes notices;
    private final DeadLetters letters;
    private final Inbox inbox;
    private final RunJournal journal;
    private final RunProgress progress;
    private final Pipelines pipelines;
    private final Recovery recovery;
    private final Runner runner;

    /** {@code shown} are the settings without secrets, for dead letters. */
    public Application(Settings settings, Map<String, String> shown) {
        this(settings, shown, Display.NONE);
    }

    /** Also shows the progress of its runs there. */
    public Application(Settings settings, Map<String, String> shown, Display display) {
        this(settings, shown, display, new DefaultCamelContext());
    }

    /** In this context, which is not started yet. */
    public Application(Settings settings, Map<String, String> shown, Display display, CamelContext context) {
        this(settings, shown, display, context, Surroundings.real(settings));
    }

    /** With other surroundings; tests have their own. */
    public Application(Settings settings, Map<String, String> shown, Display display, Surroundings around) {
        this(settings, shown, display, new DefaultCamelContext(), around);
    }

    private Application(
            Settings settings, Map<String, String> shown, Display display, CamelContext context, Surroundings around) {
        this.settings = settings;
        this.context = context;
        this.camel = new ContextMain(context);
        this.clock = around.clock();
        this.progress = new RunProgress(settings.paths().state(), clock, display);
        this.notices = new NoticeRoutes(settings, context, clock);
        this.letters = new DeadLetters(settings.paths().deadLetters());
        this.inbox = new Inbox(settings.paths().inbox(), letters);
        this.journal = new RunJournal(settings.paths().state(), clock, notices.ended());
        this.pipelines = new Pipelines(settings, shown, context, around, journal);
        RouteCall routes = new RouteCall(context.createProducerTemplate(), progress, clock);
        this.recovery = new Recovery(
                journal,
                inbox,
                pipelines.catalog(),
                endings(routes),
                new Scratch(settings.paths().state()),
                clock);
        this.runner = new Runner(
                routes,
                journal,
                recovery,
                settings.paths().state(),
                settings.intake().lockLimit(),
                clock);
    }

    /** Starts the pipelines; nothing begins by itself. When the process is told to end, what a backup stopped is started. */
    public void start() {
        prepare();
        startStoppedServicesAtShutdown();
        camel.start();
        requireKnownSteps();
    }

    /** Recovers, then takes triggers and the nightly schedule until the process is told to end. */
    public void serve() throws Exception {
        prepare();
        startStoppedServicesAtShutdown();
        camel.configure().setShutdownTimeout(STOP_LIMIT_SECONDS);
        inbox.create();
        camel.configure().addRoutesBuilder(new MissedBackup(runner::run));
        camel.addMainListener(new RecoverFirst(this::recoverAll, this::beginIntake));
        new HttpRoutes(settings, context, runner::run, clock).addTo(camel.configure());
        camel.run();
    }

    /**
     * Docker and service managers kill a process about ten seconds after they told it to end. So no run is waited for; only the
     * services that a backup stopped are started again.
     */
    private void startStoppedServicesAtShutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(pipelines::startAfterBackup, "start-stopped-services"));
    }

    /** Executes one run and returns its report. */
    public Report run(RunRequest request) {
        return runner.run(request);
    }

    /** Ends the runs that a killed process left; one line for each thing that was done. */
    public List<String> recover() {
        try (RunLock held = RunLock.take(settings.paths().state(), "recover")) {
            LOG.debug("holding {}", held);
            return recovery.runs();
        }
    }

    /** Sends a test notification to each place; one line for each. True when all were told. */
    public boolean testNotices(Consumer<String> lines) {
        return notices.test(lines);
    }

    @Override
    public void close() {
        camel.stop();
    }

    /** Runs before any trigger is taken, so that each trigger in {@code running/} is one of a process that has ended. */
    private void recoverAll() {
        requireKnownSteps();
        try (RunLock held = RunLock.take(settings.paths().state(), "recover")) {
            LOG.debug("holding {}", held);
            recovery.runs();
        } catch (Locked taken) {
            LOG.warn("did not recover: {}", taken.getMessage());
        }
    }

    /** From now on runs begin by the schedule and by triggers; by triggers only where no other process takes them. */
    private void beginIntake() throws Exception {
        if (lockInbox()) {
            recovery.triggers();
            context.addRoutes(new TriggerInbox(inbox, settings.intake(), runner::run, clock));
        }
        if (!settings.intake().timetable().isEmpty()) {
            addSchedule(settings.intake().timetable());
        }
        for (RoutesBuilder watch : notices.watches()) {
            context.addRoutes(watch);
        }
        new ScheduleCheck(settings.intake(), pipelines.lastGood()::find, this::makeUpBackup, clock).run();
    }

    /** Quartz begins the scheduled backups; the watchdog begins those that Quartz missed. */
    private void addSchedule(Timetable timetable) throws Exception {
        DueTimes times = new DueTimes(timetable, clock);
        context.addRoutes(new DueBackup(times, runner::run, runner::leaveOut));
        context.addRoutes(new QuartzSchedule(timetable, times));
        context.addRoutes(new ScheduleWatchdog(times, Duration.ofSeconds(1)));
    }

    /** Takes the lock of the inbox until the process ends; false when another process has it. */
    private boolean lockInbox() {
        try {
            RunLock.take(
                    settings.paths().state().resolve("inbox"),
                    "inbox of process " + ProcessHandle.current().pid());
            return true;
        } catch (Locked taken) {
            LOG.warn("another process takes the triggers of this inbox HINT: give each Dolmen an inbox of its own");
            return false;
        }
    }

    private void makeUpBackup(Kind kind) {
        context.createProducerTemplate().sendBody(MissedBackup.QUEUE, kind);
    }

    private void requireKnownSteps() {
        new KnownSteps(context).require(settings.retry().attemptsByStep().keySet());
    }

    private void prepare() {
        StepJournal steps = new StepJournal(journal, progress);
        context.addRoutePolicyFactory(steps);
        context.getCamelContextExtension().addInterceptStrategy(steps);
        pipelines.routes().forEach(camel.configure()::addRoutesBuilder);
        notices.routes().forEach(camel.configure()::addRoutesBuilder);
    }

    private Endings endings(RouteCall routes) {
        return new Endings() {
            @Override
            public void putBack(Run restore) {
                routes.putBack(restore);
            }

            @Override
            public void keepSafetyCopy(Run restore) {
                pipelines.keepSafetyCopy(restore);
                letters.remove(restore.id());
            }

            @Override
            public Report goOn(Run run) {
                Report report = routes.send(run, true);
                if (report.succeeded()) {
                    letters.remove(run.id());
                }
                return report;
            }

            @Override
            public List<String> endEarlierRuns() {
                return pipelines.endEarlierRuns();
            }

            @Override
            public void servicesAsBeforeBut(Set<RunMark> marks) {
                pipelines.servicesAsBeforeBut(marks);
            }
        };
    }
}
