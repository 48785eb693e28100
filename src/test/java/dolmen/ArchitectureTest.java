package dolmen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers, each rule with its reason. */
@AnalyzeClasses(
        packages = {
            "dolmen", "backup", "restore", "verify", "export", "prune", "remote", "intake", "notify", "shared", "web"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] SUBJECTS = {
        "dolmen.model..",
        "dolmen.settings..",
        "dolmen.stack..",
        "dolmen.metadata..",
        "dolmen.druid..",
        "dolmen.segments..",
        "dolmen.metabase..",
        "dolmen.archive..",
        "dolmen.catalog..",
        "dolmen.storage..",
        "dolmen.progress..",
        "dolmen.notify..",
        "dolmen.discovery..",
        "dolmen.doctor..",
        "dolmen.web..",
        "dolmen.commands.."
    };

    @ArchTest
    static final ArchRule only_routes_and_the_start_up_know_camel = noClasses()
            .that()
            .resideInAnyPackage(SUBJECTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.camel..",
                    "backup..",
                    "restore..",
                    "verify..",
                    "export..",
                    "prune..",
                    "remote..",
                    "intake..",
                    "notify..",
                    "shared..",
                    "web..")
            .because("a step must be testable with new");

    @ArchTest
    static final ArchRule the_model_stands_alone = noClasses()
            .that()
            .resideInAPackage("dolmen.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dolmen",
                    "dolmen.settings..",
                    "dolmen.stack..",
                    "dolmen.metadata..",
                    "dolmen.druid..",
                    "dolmen.segments..",
                    "dolmen.metabase..",
                    "dolmen.archive..",
                    "dolmen.catalog..",
                    "dolmen.commands..")
            .because("records are what all parts share, so they can share nothing but records");

    @ArchTest
    static final ArchRule the_stack_knows_no_subject = independent(
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.archive..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule metadata_knows_only_the_stack = independent(
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.archive..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule druid_knows_no_subject = independent(
            "dolmen.druid..",
            "dolmen.metadata..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.archive..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule segments_know_only_stack_and_archive = independent(
            "dolmen.segments..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.metabase..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule metabase_knows_only_stack_and_archive = independent(
            "dolmen.metabase..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule the_archive_knows_no_subject = independent(
            "dolmen.archive..",
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule the_catalog_knows_only_the_archive = independent(
            "dolmen.catalog..",
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule the_storage_knows_only_the_archive = independent(
            "dolmen.storage..",
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.catalog..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule notifications_know_only_the_catalog = independent(
            "dolmen.notify..",
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.archive..",
            "dolmen.storage..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule discovery_knows_only_the_stack = independent(
            "dolmen.discovery..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.catalog..",
            "dolmen.storage..",
            "dolmen.doctor..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule nothing_but_the_start_up_and_its_command_knows_the_doctor = noClasses()
            .that()
            .resideOutsideOfPackages("dolmen", "dolmen.doctor..", "dolmen.commands..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dolmen.doctor..")
            .because("it looks at every part, so no part may need it");

    @ArchTest
    static final ArchRule only_the_storage_knows_the_aws_sdk = noClasses()
            .that()
            .resideOutsideOfPackage("dolmen.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..")
            .because("another kind of store must fit in its place");

    @ArchTest
    static final ArchRule only_the_stack_starts_processes = noClasses()
            .that()
            .resideOutsideOfPackage("dolmen.stack..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class)
            .because("one place keeps secrets out of arguments and ends what ran too long");

    @ArchTest
    static final ArchRule only_the_stack_and_the_docker_routes_talk_to_docker = noClasses()
            .that()
            .resideOutsideOfPackages("dolmen.stack..", "shared..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.dockerjava..", "org.apache.camel.component.docker..")
            .because("one place knows how a container is reached");

    @ArchTest
    static final ArchRule the_web_only_shows_records = independent(
            "dolmen.web..",
            "dolmen.stack..",
            "dolmen.metadata..",
            "dolmen.druid..",
            "dolmen.segments..",
            "dolmen.metabase..",
            "dolmen.storage..",
            "dolmen.commands..");

    @ArchTest
    static final ArchRule only_main_exits = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dolmen.Main")
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("one place turns an outcome into an exit status");

    @ArchTest
    static final ArchRule routes_are_final = classes()
            .that()
            .resideInAnyPackage(
                    "backup..",
                    "restore..",
                    "verify..",
                    "export..",
                    "prune..",
                    "remote..",
                    "intake..",
                    "notify..",
                    "web..")
            .and()
            .areTopLevelClasses()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
            .because("routes share by direct: names, never by inheritance");

    private static ArchRule independent(String subject, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(subject)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("subjects meet only through the model, so that each can be read alone");
    }
}
