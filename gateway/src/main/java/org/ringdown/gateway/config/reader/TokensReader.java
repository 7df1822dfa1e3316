package org.ringdown.gateway.config.reader;

import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.Tokens;
import org.ringdown.gateway.config.Tokens.Claims;
import org.ringdown.gateway.config.Tokens.Expected;
import org.ringdown.gateway.config.Tokens.Keys;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.gateway.config.yaml.ValueType;
import org.ringdown.gateway.config.yaml.ValueType.BadValue;

/** The keys of {@code web.tokens}. */
final class TokensReader {
  private static final int SECRET_BYTES = 32;
  private static final int RSA_BITS = 2048;
  private static final int P256_BITS = 256;
  private static final ImmutableSet<String> THIS_MACHINE =
      ImmutableSet.of("localhost", "127.0.0.1", "[::1]");

  private final Path directory;

  /** Relative paths begin at {@code directory}. */
  TokensReader(Path directory) {
    this.directory = directory;
  }

  Tokens tokens(Section in) {
    Tokens none = Tokens.NONE;
    Secret secret = in.secret("secret");
    Tokens tokens =
        new Tokens(
            new Keys(
                secret == null ? Secret.NONE : secret,
                in.list("keys", none.keys().trusted(), publicKey()),
                in.nullable("jwks", null, jwks())),
            new Expected(
                in.nullable("issuer", null, ValueTypes.text()),
                in.nullable("audience", null, ValueTypes.text()),
                in.value(
                    "clockSkew",
                    none.expected().clockSkew(),
                    ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(5)))),
            in.section("claims", TokensReader::claims),
            in.value(
                "notice",
                none.notice(),
                ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(1))),
            in.value("callsGoOn", none.callsGoOn(), ValueTypes.flag()));
    int bytes = tokens.keys().secret().value().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 0 && bytes < SECRET_BYTES) {
      in.reject("has a secret that can be guessed; expected at least " + SECRET_BYTES + " bytes");
    }
    return tokens;
  }

  private static Claims claims(Section in) {
    Claims none = Tokens.NONE.claims();
    return new Claims(
        in.value("user", none.user(), ValueTypes.text()),
        in.value("display", none.display(), ValueTypes.text()),
        in.value("destinations", none.destinations(), ValueTypes.text()),
        in.value("maxCalls", none.maxCalls(), ValueTypes.text()));
  }

  /** Where a JWK set is. Over plain HTTP somebody on the way could put a key of his own into it. */
  private ValueType<URI> jwks() {
    return new ValueType<>(
        "the path of a file or an https URL, such as https://login.example.com/jwks.json",
        text -> {
          if (!text.startsWith("https:") && !text.startsWith("http:")) {
            return ValueTypes.readableFile(directory).parser().parse(text).toUri();
          }
          try {
            URI uri = new URI(text);
            if (uri.getHost() == null) {
              throw new BadValue("has no host");
            }
            if (uri.getScheme().equals("http") && !THIS_MACHINE.contains(uri.getHost())) {
              throw new BadValue("is not protected on its way");
            }
            return uri;
          } catch (URISyntaxException e) {
            throw new BadValue("is not a URL");
          }
        });
  }

  private ValueType<PublicKey> publicKey() {
    return new ValueType<>(
        "a PEM file with an RSA key of at least 2048 bits or a P-256 key, or a certificate of one",
        text -> {
          Path file = ValueTypes.readableFile(directory).parser().parse(text);
          try {
            return usable(read(Files.readString(file)));
          } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new BadValue("holds no public key");
          }
        });
  }

  private static PublicKey usable(PublicKey key) throws BadValue {
    boolean rsa = key instanceof RSAPublicKey known && known.getModulus().bitLength() >= RSA_BITS;
    boolean p256 =
        key instanceof ECPublicKey known && known.getParams().getOrder().bitLength() == P256_BITS;
    if (!rsa && !p256) {
      throw new BadValue("holds a key that is too short or of another kind");
    }
    return key;
  }

  /** The first object of a PEM text (RFC 7468): a certificate or a SubjectPublicKeyInfo. */
  private static PublicKey read(String pem) throws GeneralSecurityException {
    if (pem.contains("-----BEGIN CERTIFICATE-----")) {
      byte[] text = pem.getBytes(StandardCharsets.US_ASCII);
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(text))
          .getPublicKey();
    }
    String body =
        pem.replaceFirst("(?s).*-----BEGIN PUBLIC KEY-----", "")
            .replaceFirst("(?s)-----END PUBLIC KEY-----.*", "")
            .replaceAll("\\s", "");
    X509EncodedKeySpec spec = new X509EncodedKeySpec(BaseEncoding.base64().decode(body));
    try {
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (GeneralSecurityException e) {
      return KeyFactory.getInstance("EC").generatePublic(spec);
    }
  }
}
