package io.gantry.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * What an SSH server says to whoever connects, before it asks who that is. It tells that a machine lives whose engine does not
 * answer. Not to be asked for all the time: servers hold it against those who connect and never log in.
 */
public final class Greeting {
    private static final int SSH_PORT = 22;

    private Greeting() {}

    /**
     * A refusal, before the connection or after, is an answer of the machine's as well.
     *
     * @param machine {@code ssh://user@host:port}
     * @param patience for the connection, and again for the greeting
     */
    public static boolean isHeard(URI machine, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        int port = machine.getPort() < 0 ? SSH_PORT : machine.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(machine.getHost(), port), millis);
            socket.setSoTimeout(millis);
            int _ = socket.getInputStream().read();
            return true;
        } catch (NoRouteToHostException gone) {
            return false;
        } catch (ConnectException refused) {
            return String.valueOf(refused.getMessage()).contains("refused");
        } catch (IOException silent) {
            return false;
        }
    }
}
