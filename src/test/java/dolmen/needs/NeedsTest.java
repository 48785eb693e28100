package dolmen.needs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;

/** What tests need of a machine they say by {@link Needs}, and in no other way. */
@AnalyzeClasses(
        packages = {"dolmen", "backup", "intake", "notify", "remote", "restore", "shared", "verify"},
        importOptions = ImportOption.OnlyIncludeTests.class)
class NeedsTest {
    @ArchTest
    static final ArchRule tests_on_the_sandbox_say_so =
            whoCalls("dolmen.stories.ContainerSandbox.shared", Need.SANDBOX);

    @ArchTest
    static final ArchRule tests_on_the_sandbox_by_a_bench_say_so =
            whoCalls("dolmen.faults.FaultBench.of", Need.SANDBOX);

    @ArchTest
    static final ArchRule tests_on_an_engine_say_so = whoCalls("dolmen.stack.docker.DockerFixture.open", Need.ENGINE);

    @ArchTest
    static final ArchRule tests_on_a_server_with_versions_say_so =
            whoCalls("dolmen.storage.CephServer.shared", Need.CEPH);

    @ArchTest
    static final ArchRule tests_of_the_page_say_so = whoCalls("dolmen.http.Browser.start", Need.CHROMIUM);

    @ArchTest
    static final ArchRule nothing_is_left_out_in_another_way = noClasses()
            .that()
            .doNotBelongToAnyOf(NeedsTest.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Assumptions.class, Disabled.class)
            .because("the list at the end of a test run names what was missing, and how to get it");

    private static ArchRule whoCalls(String method, Need need) {
        return classes()
                .that(describe(
                        "call " + method,
                        each -> each.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTarget().getFullName().startsWith(method + "("))))
                .and()
                .haveSimpleNameEndingWith("Test")
                .should(be(describe("annotated with @Needs(" + need + ")", each -> says(each, need))))
                .because("they are left out where that is missing");
    }

    private static boolean says(JavaClass test, Need need) {
        return test.tryGetAnnotationOfType(Needs.class)
                .map(needs -> Arrays.asList(needs.value()).contains(need))
                .orElse(false);
    }
}
