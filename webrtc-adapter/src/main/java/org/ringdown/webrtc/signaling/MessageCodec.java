package org.ringdown.webrtc.signaling;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between text frames and messages. Reading is strict: an unknown type or field, a wrong kind, a
 * missing or doubled field and anything too long or too deep are refused by name, in words that are
 * fit for the page. Safe from any thread.
 */
public final class MessageCodec {
  private final StrictJson json;
  private final ClientMessageReader reader;
  private final JsonMapper writer =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** For frames of up to {@code maxFrameChars} characters. */
  public MessageCodec(int maxFrameChars) {
    json = new StrictJson(maxFrameChars);
    reader = new ClientMessageReader(maxFrameChars);
  }

  /**
   * The message that a text frame is.
   *
   * @throws MalformedMessage if it is none, with the {@code id} if one could be read
   */
  public ClientMessage read(String frame) throws MalformedMessage {
    ObjectNode object = json.read(frame);
    try {
      return reader.read(object);
    } catch (MalformedMessage e) {
      throw e.withId(StrictJson.idIn(object));
    }
  }

  /** The text frame for a message; {@code type} stands first. */
  public String write(ServerMessage message) {
    return writer.writeValueAsString(message);
  }
}
