package org.ringdown.sip.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** A TCP socket that is watched until it is closed. Safe from any thread. */
final class PlainSocket extends Socket {
  private static final int PROBE_AFTER_SECONDS = 60;
  private static final int PROBE_EVERY_SECONDS = 10;
  private static final int PROBES = 6;

  private final Connection connection;
  private final Connections connections;
  private final boolean secure;
  private @Nullable InputStream hearing;
  private @Nullable OutputStream speaking;

  /** One that is not connected; {@code secure} if TLS will be what is spoken on it. */
  PlainSocket(Connections connections, boolean ours, boolean secure) {
    this.connections = connections;
    this.connection = new Connection(ours, secure);
    this.secure = secure;
  }

  Connection connection() {
    return connection;
  }

  /** Sends at once what is to be sent, and lets the system find out that a peer is gone. */
  void tune() throws IOException {
    setTcpNoDelay(true);
    setKeepAlive(true);
    probe(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
    probe(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY_SECONDS);
    probe(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }

  private void probe(SocketOption<Integer> option, int value) throws IOException {
    if (supportedOptions().contains(option)) {
      setOption(option, value);
    }
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (hearing == null) {
      InputStream in = super.getInputStream();
      hearing = secure ? in : connection.hearing(in);
    }
    return hearing;
  }

  /** The same stream each time: whoever writes holds its lock. */
  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (speaking == null) {
      OutputStream out = super.getOutputStream();
      speaking = secure ? out : connection.speaking(out);
    }
    return speaking;
  }

  @Override
  public void close() throws IOException {
    connections.remove(this);
    super.close();
  }
}
