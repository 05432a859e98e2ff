package io.gantry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void whoever_counts_others_from_his_port_can_listen_at_each() throws IOException {
        int base = FreePorts.base(1, 362);
        for (int offset : new int[] {0, 1, 362}) {
            new ServerSocket(base + offset, 1, InetAddress.getLoopbackAddress()).close();
        }
    }
}
