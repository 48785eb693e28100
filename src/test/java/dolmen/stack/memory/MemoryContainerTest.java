package dolmen.stack.memory;

import org.junit.jupiter.api.BeforeEach;

/** A host in memory keeps the contract also where its services are containers. */
class MemoryContainerTest extends MemoryHostTest {
    @BeforeEach
    void it_is_a_container() {
        host.service(service()).id = "c0ffee";
    }
}
