package org.ringdown.webrtc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that does only what it is told: no pong, no reading. */
final class RawClient implements AutoCloseable {
  static final String HANDSHAKE =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: ringdown.v1\r\n";

  private final Socket socket = new Socket();

  RawClient(InetSocketAddress server) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(10_000);
    socket.connect(server);
  }

  /** Sends a request and gives the response with as much of its body as announced. */
  String get(String path, String headers) throws IOException {
    String request = "GET %s HTTP/1.1\r\nHost: gw.example\r\n%s\r\n".formatted(path, headers);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(readByte(in));
    }
    String response = head.toString(StandardCharsets.US_ASCII);
    return response + new String(in.readNBytes(length(response)), StandardCharsets.UTF_8);
  }

  /** Sends a text frame, masked with zeros (RFC 6455 section 5.2). */
  void text(String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(frame);
    out.writeByte(0x81);
    if (payload.length < 126) {
      out.writeByte(0x80 | payload.length);
    } else {
      out.writeByte(0x80 | 126);
      out.writeShort(payload.length);
    }
    out.writeInt(0);
    out.write(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** Reads until the server ends the connection; how many bytes that were. */
  long readToEnd() throws IOException {
    return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int readByte(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("the server ended the connection");
    }
    return next;
  }

  private static int length(String response) {
    for (String line : response.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }
}
