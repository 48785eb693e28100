package all;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Every test on the shared sandbox, one after the other in one process, while another process runs the rest: the sandbox
 * mostly waits for Druid. The package's name lets them begin first, since they take longest.
 */
@Suite
@SelectPackages({"dolmen.faults", "dolmen.stories"})
@IncludeClassNamePatterns(".*Test")
@ConfigurationParameter(key = "junit.jupiter.testclass.order.default", value = "all.ByName")
final class SandboxTests {}
