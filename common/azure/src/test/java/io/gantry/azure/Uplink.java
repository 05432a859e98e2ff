package io.gantry.azure;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.nio.file.Path;
import java.util.Collection;

/** Ports of this computer's loopback address, to be found at a machine's own: what is played here is asked there. */
final class Uplink implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONNECTS_WITHIN_MILLIS = 60_000;

    private final Session session;

    private Uplink(Session session) {
        this.session = session;
    }

    static Uplink of(String user, String machine, Path privateKey, Collection<Integer> ports) throws JSchException {
        var ssh = new JSch();
        ssh.addIdentity(privateKey.toString());
        Session session = ssh.getSession(user, machine);
        session.setConfig("StrictHostKeyChecking", "no");
        session.setDaemonThread(true);
        session.connect(CONNECTS_WITHIN_MILLIS);
        for (int port : ports) {
            session.setPortForwardingR(LOOPBACK, port, LOOPBACK, port);
        }
        return new Uplink(session);
    }

    @Override
    public void close() {
        session.disconnect();
    }
}
