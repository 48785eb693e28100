package dolmen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dolmen.ArchitectureTable.Row;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may depend on what, as {@code docs/architecture.md} says it: what does not stand there is not allowed. */
class ArchitectureTest {
    private static final Path BUILT = Path.of("target/classes");

    private static ArchitectureTable table;
    private static SortedMap<String, SortedMap<String, String>> used;
    private static JavaClasses built;

    @BeforeAll
    static void what_was_built_and_what_the_page_says() throws Exception {
        table = ArchitectureTable.read();
        used = UsedPackages.of(BUILT, table::libraryOf);
        built = new ClassFileImporter().importPath(BUILT);
    }

    @Test
    void every_package_has_a_row_with_a_reason_and_every_row_a_package() {
        assertThat(table.packages().keySet()).isEqualTo(used.keySet());
        assertThat(table.packages().values()).extracting(Row::reason).doesNotContain("");
    }

    @Test
    void a_package_depends_only_on_what_its_row_names() {
        SortedSet<String> forbidden = new TreeSet<>();
        used.forEach((name, words) -> words.forEach((word, example) -> {
            if (!allowed(name).contains(word)) {
                forbidden.add(name + " -> " + word + ": " + example);
            }
        }));
        assertThat(forbidden).isEmpty();
    }

    @Test
    void nothing_stands_in_a_row_that_its_package_does_not_need() {
        SortedSet<String> idle = new TreeSet<>();
        table.packages().keySet().forEach(name -> {
            SortedSet<String> allowed = allowed(name);
            allowed.removeAll(
                    used.getOrDefault(name, Collections.emptySortedMap()).keySet());
            allowed.forEach(word -> idle.add(name + " -> " + word));
        });
        assertThat(idle).isEmpty();
    }

    private static SortedSet<String> allowed(String name) {
        SortedSet<String> allowed = new TreeSet<>();
        Row row = table.packages().get(name);
        if (row != null) {
            allowed.addAll(row.packages());
            allowed.addAll(row.libraries());
        }
        return allowed;
    }

    @Test
    void only_main_exits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dolmen.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .because("one place turns an outcome into an exit status")
                .check(built);
    }

    @Test
    void routes_are_final() {
        classes()
                .that()
                .resideOutsideOfPackage("dolmen..")
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("routes share by direct: names, never by inheritance")
                .check(built);
    }
}
