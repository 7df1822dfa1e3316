package org.ringdown.sip.stack;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The sockets JAIN-SIP works with: TCP connects give up after a bounded time (JAIN-SIP itself waits
 * 8 s whatever its settings say), and received datagrams keep no more memory than their bytes and
 * never pile up without end. Safe from any thread.
 */
final class SipSockets implements NetworkLayer {
  private final int connectTimeoutMs;
  private final Backlog backlog;

  SipSockets(int connectTimeoutMs, Backlog backlog) {
    this.connectTimeoutMs = connectTimeoutMs;
    this.backlog = backlog;
  }

  @Override
  public DatagramSocket createDatagramSocket() throws SocketException {
    return new DatagramSocket();
  }

  @Override
  public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
    return new ReceivingSocket(new InetSocketAddress(address, port), backlog);
  }

  @Override
  public ServerSocket createServerSocket(int port, int queued, InetAddress address)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port), queued);
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return createSocket(address, port, null);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, @Nullable InetAddress local)
      throws IOException {
    Socket socket = new Socket();
    try {
      if (local != null) {
        socket.bind(new InetSocketAddress(local, 0));
      }
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(address, port), connectTimeoutMs);
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new ConnectException("no connection within " + connectTimeoutMs + " ms");
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, @Nullable InetAddress local, int localPort)
      throws IOException {
    return createSocket(address, port, local);
  }

  @Override
  public SSLServerSocket createSSLServerSocket(int port, int queued, InetAddress address)
      throws IOException {
    throw new IOException("TLS is not offered");
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
    throw new IOException("TLS is not offered");
  }

  @Override
  public SSLSocket createSSLSocket(InetAddress address, int port, @Nullable InetAddress local)
      throws IOException {
    throw new IOException("TLS is not offered");
  }

  @Override
  public void setSipStack(SipStackImpl stack) {
    // Needs nothing of the stack.
  }

  /** Hands JAIN-SIP datagrams in arrays of their own size, as many as the backlog admits. */
  private static final class ReceivingSocket extends DatagramSocket {
    private final Backlog backlog;

    ReceivingSocket(InetSocketAddress address, Backlog backlog) throws SocketException {
      super(address);
      this.backlog = backlog;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
      super.receive(packet);
      while (!backlog.admit()) {
        packet.setLength(packet.getData().length);
        super.receive(packet);
      }
      int from = packet.getOffset();
      packet.setData(Arrays.copyOfRange(packet.getData(), from, from + packet.getLength()));
    }
  }
}
