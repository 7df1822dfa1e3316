package org.ringdown.webrtc.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringdown.webrtc.signaling.ClientMessage.Credentials;
import org.ringdown.webrtc.signaling.ClientMessage.HangupReason;
import org.ringdown.webrtc.signaling.ClientMessage.IceCandidate;

final class MessageCodecTest {
  private static final int MAX = 2_000;

  private final MessageCodec codec = new MessageCodec(MAX);

  @Test
  void everyRequestIsRead() throws MalformedMessage {
    assertThat(codec.read("{'type':'hello','id':'1','user':'a','password':'b'}".replace('\'', '"')))
        .isEqualTo(new ClientMessage.Hello("1", null, new Credentials.Password("a", "b"), ""));
    assertThat(read("{'type':'hello','id':'1','session':'s','resumeToken':'t','ack':7}"))
        .isEqualTo(new ClientMessage.Hello("1", 7L, new Credentials.Resumption("s", "t"), ""));
    assertThat(read("{'type':'call','id':'1','call':'c','to':'9','sdp':'v=0','headers':{'X':'y'}}"))
        .isEqualTo(new ClientMessage.Call("1", null, "c", "9", "v=0", ImmutableMap.of("X", "y")));
    assertThat(read("{'type':'ringing','id':'1','ack':2,'call':'c'}"))
        .isEqualTo(new ClientMessage.Ringing("1", 2L, "c", ImmutableMap.of()));
    assertThat(read("{'type':'answer','id':'1','call':'c','sdp':'v=0'}"))
        .isEqualTo(new ClientMessage.Answer("1", null, "c", "v=0", ImmutableMap.of()));
    assertThat(read("{'type':'offer','id':'1','call':'c','sdp':'v=0'}"))
        .isEqualTo(new ClientMessage.Offer("1", null, "c", "v=0"));
    assertThat(read("{'type':'dtmf','id':'1','call':'c','digits':'1a','durationMs':40}"))
        .isEqualTo(new ClientMessage.Dtmf("1", null, "c", "1A", 40, 70));
    assertThat(read("{'type':'hangup','id':'1','call':'c','reason':'decline','headers':{'X':'y'}}"))
        .isEqualTo(
            new ClientMessage.Hangup(
                "1", null, "c", HangupReason.DECLINE, ImmutableMap.of("X", "y")));
    assertThat(read("{'type':'ack','ack':3}")).isEqualTo(new ClientMessage.Ack(null, 3L));
    assertThat(read("{'type':'goodbye','id':'1'}")).isEqualTo(new ClientMessage.Goodbye("1", null));
  }

  @Test
  void candidateMayBeEveryRtcIceCandidateInit() throws MalformedMessage {
    assertThat(read("{'type':'candidate','id':'1','call':'c','candidate':null}"))
        .isEqualTo(new ClientMessage.Candidate("1", null, "c", null));
    assertThat(read("{'type':'candidate','id':'1','call':'c','candidate':{}}"))
        .isEqualTo(candidate("", null, null, null));
    assertThat(
            read(
                "{'type':'candidate','id':'1','call':'c','candidate':{'candidate':'',"
                    + "'sdpMid':null,'sdpMLineIndex':null,'usernameFragment':null}}"))
        .isEqualTo(candidate("", null, null, null));
    assertThat(
            read(
                "{'type':'candidate','id':'1','call':'c','candidate':{'candidate':'x',"
                    + "'sdpMid':'0','sdpMLineIndex':1,'usernameFragment':'u'}}"))
        .isEqualTo(candidate("x", "0", 1, "u"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'type':'dial','id':'1'}                                      | /type
          {'type':7,'id':'1'}                                           | /type
          {'id':'1'}                                                    | /type
          {'type':'ringing','call':'c'}                                 | /id
          {'type':'ringing','id':'','call':'c'}                         | /id
          {'type':'ringing','id':1,'call':'c'}                          | /id
          {'type':'ringing','id':'1'}                                   | /call
          {'type':'ringing','id':'1','call':null}                       | /call
          {'type':'ringing','id':'1','call':'c','extra':1}              | /extra
          {'type':'ringing','id':'1','call':'c','a/b~c':1}              | /a~1b~0c
          {'type':'ringing','id':'1','call':'c','ack':-1}               | /ack
          {'type':'ringing','id':'1','call':'c','ack':1.5}              | /ack
          {'type':'ringing','id':'1','call':'c','ack':'1'}              | /ack
          {'type':'ringing','id':'1','call':'c','ack':99999999999999999999} | /ack
          {'type':'ringing','id':'1','call':'c','call':'d'}             | /call
          {'type':'ringing','id':'1','call':'c\\u0000'}                 | /call
          {'type':'ack'}                                                | /ack
          {'type':'hello','id':'1','user':'a'}                          | /password
          {'type':'hello','id':'1','password':'a'}                      | /user
          {'type':'hello','id':'1','session':'a','ack':1}               | /resumeToken
          {'type':'hello','id':'1','resumeToken':'a','ack':1}           | /session
          {'type':'hello','id':'1','session':'s','resumeToken':'a'}     | /ack
          {'type':'hello','id':'1','user':'a','password':'b','session':'s'} | /resumeToken
          {'type':'hello','id':'1','token':''}                          | /token
          {'type':'hello','id':'1','token':'x','user':'a'}              | /user
          {'type':'call','id':'1','call':'g-1','to':'9','sdp':'v'}      | /call
          {'type':'call','id':'1','call':'c','to':'9\\r\\nEvil: x','sdp':'v'} | /to
          {'type':'call','id':'1','call':'c','to':'9','sdp':''}         | /sdp
          {'type':'call','id':'1','call':'c','to':'9','sdp':{}}         | /sdp
          {'type':'call','id':'1','call':'c','to':'9','sdp':'v','headers':[]} | /headers
          {'type':'call','id':'1','call':'c','to':'9','sdp':'v','headers':{'a':1}} | /headers/a
          {'type':'call','id':'1','call':'c','to':'9','sdp':'v','headers':{'a:b':''}} | /headers/a:b
          {'type':'call','id':'1','call':'c','to':'9','sdp':'v','headers':{'a':'\\n'}} | /headers/a
          {'type':'candidate','id':'1','call':'c'}                      | /candidate
          {'type':'candidate','id':'1','call':'c','candidate':'x'}      | /candidate
          {'type':'candidate','id':'1','call':'c','candidate':{'foo':1}} | /candidate/foo
          {'type':'candidate','id':'1','call':'c','candidate':{'sdpMLineIndex':'0'}} | /candidate/sdpMLineIndex
          {'type':'candidate','id':'1','call':'c','candidate':{'a':1,'a':2}} | /candidate/a
          {'type':'dtmf','id':'1','call':'c','digits':'12x'}            | /digits
          {'type':'dtmf','id':'1','call':'c','digits':'1','durationMs':1} | /durationMs
          {'type':'dtmf','id':'1','call':'c','digits':'1','gapMs':90000}  | /gapMs
          {'type':'hangup','id':'1','call':'c','reason':'bored'}        | /reason
          {'type':'transfer','id':'1','call':'c'}                       | /to
          {'type':'transfer','id':'1','call':'c','with':'c'}            | /with
          {'type':'transfer','id':'1','call':'c','with':'d','to':'e'}   | /to
          {'type':'message','id':'1','to':'a'}                          | /text
          {'type':'message','id':'1','text':'a'}                        | /to
          """)
  void faultIsNamedByItsJsonPointer(String frame, String field) {
    ServerMessage.Refused reply = refusal(frame.replace('\'', '"'));
    assertThat(reply.field()).isEqualTo(field);
    assertThat(reply.message()).isNotEmpty().doesNotContain("tools.jackson", "Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "[{}]",
        "{",
        "{\"type\"",
        "{\"type\":}",
        "{\"type\":\"ack\",\"ack\":1}{}",
        "{\"type\":\"ack\",\"ack\":1} x",
        "{'type':'ack','ack':1}",
        "{\"type\":\"ack\",\"ack\":1,}",
        "{\"type\":\"ack\",\"ack\":01}",
        "{\"type\":\"ack\",\"ack\":NaN}",
        "{\"type\":\"ack\" /* c */,\"ack\":1}",
        "{\"type\":\"a\nb\"}",
      })
  void whatIsNotOneJsonObjectIsRefusedAsAFrame(String frame) {
    ServerMessage.Refused reply = refusal(frame);
    assertThat(reply.code()).isEqualTo("bad-request");
    assertThat(reply.message()).doesNotContain("Jackson", "Exception", "Unexpected", "token");
  }

  @Test
  void idIsReadWhereverTheFaultIs() {
    assertThat(refusal("{\"id\":\"a\",\"type\":\"ack\" ").id()).isEqualTo("a");
    assertThat(refusal("{\"id\":\"a\",\"id\":\"b\"}").id()).isEqualTo("a");
    assertThat(refusal("{\"type\":\"dial\",\"id\":\"a\"}").id()).isEqualTo("a");
    assertThat(refusal("{\"id\":\"a\",\"x\":[[[[[[[[[[]]]]]]]]]]}").id()).isEqualTo("a");
    assertThat(refusal("{\"id\":{},\"type\":\"dial\"}").id()).isNull();
  }

  @Test
  void nestingHasALimitAndItsPlaceIsNamed() {
    ServerMessage.Refused reply =
        refusal("{\"a\":{\"b\":" + "[".repeat(500) + "]".repeat(500) + "}}");
    assertThat(reply.message()).contains("nested deeper than 8");
    assertThat(reply.field()).startsWith("/a/b");
  }

  @Test
  void tooLongTextsAreRefusedByName() {
    String longer = "x".repeat(1_500);
    assertThat(refusal(call("to", longer)).message())
        .isEqualTo("/to is longer than 256 characters");
    assertThat(refusal(call(longer, "9")).message()).contains("a field name is longer than");
    assertThat(refusal("{\"type\":\"goodbye\",\"id\":\"" + longer + "\"}").field())
        .isEqualTo("/id");
    assertThat(refusal("{\"type\":\"ack\",\"ack\":" + "1".repeat(1_000) + "}").code())
        .isEqualTo("bad-request");
  }

  @Test
  void everyRecordOfTheAlphabetHasAType() {
    ImmutableSet<String> names =
        leaves(ClientMessage.class)
            .map(type -> CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, type.getSimpleName()))
            .collect(ImmutableSet.toImmutableSet());
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            ImmutableSet.<String>builder()
                .addAll(new ClientMessageReader(MAX).types())
                .add("ack")
                .build());
  }

  @Test
  void typeStandsFirstAndNullsAreLeftOut() {
    assertThat(codec.write(new ServerMessage.Refused(null, "busy", "m", "", null)))
        .isEqualTo("{\"type\":\"error\",\"code\":\"busy\",\"message\":\"m\"}");
    assertThat(codec.write(new ServerMessage.Held(3, "c", ServerMessage.Side.REMOTE)))
        .isEqualTo("{\"type\":\"held\",\"seq\":3,\"call\":\"c\",\"by\":\"remote\"}");
  }

  @Test
  void evidenceOfAnyKindCanBeWritten() {
    ImmutableMap<String, Object> evidence =
        ImmutableMap.of(
            "packets",
            7,
            "ok",
            true,
            "codecs",
            ImmutableList.of("PCMU"),
            "in",
            ImmutableMap.of("loss", 0.5),
            "odd",
            new Object() {
              @Override
              public String toString() {
                return "odd";
              }
            });
    assertThat(codec.write(new ServerMessage.Media(1, "c", "lost", evidence, null)))
        .endsWith(
            "\"evidence\":{\"packets\":7,\"ok\":true,\"codecs\":[\"PCMU\"],"
                + "\"in\":{\"loss\":0.5},\"odd\":\"odd\"}}");
  }

  @Test
  void credentialsAreNotPrinted() throws MalformedMessage {
    assertThat(read("{'type':'hello','id':'1','user':'a','password':'geheim'}").toString())
        .doesNotContain("geheim");
    assertThat(read("{'type':'hello','id':'1','session':'s','resumeToken':'geheim','ack':1}"))
        .asString()
        .doesNotContain("geheim");
  }

  private static ClientMessage candidate(
      String line, @Nullable String mid, @Nullable Integer index, @Nullable String ufrag) {
    return new ClientMessage.Candidate("1", null, "c", new IceCandidate(line, mid, index, ufrag));
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageCodecTest::leaves)
        : Stream.of(type);
  }

  private static String call(String field, String value) {
    return "{\"type\":\"call\",\"id\":\"1\",\"call\":\"c\",\"sdp\":\"v\",\"%s\":\"%s\"}"
        .formatted(field, value);
  }

  private ClientMessage read(String singleQuoted) throws MalformedMessage {
    return codec.read(singleQuoted.replace('\'', '"'));
  }

  private ServerMessage.Refused refusal(String frame) {
    MalformedMessage thrown = catchThrowableOfType(MalformedMessage.class, () -> codec.read(frame));
    assertThat(thrown).as(frame).isNotNull();
    return thrown.reply();
  }
}
