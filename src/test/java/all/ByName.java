package all;

import dolmen.stories.LastOnSandbox;
import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** By name, but for a class that says that it has to be the last one. */
final class ByName implements ClassOrderer {
    private static final Comparator<ClassDescriptor> ORDER = Comparator.<ClassDescriptor, Boolean>comparing(
                    each -> each.isAnnotated(LastOnSandbox.class))
            .thenComparing(each -> each.getTestClass().getName());

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(ORDER);
    }
}
