package org.ringdown.gateway.config.reader;

import java.nio.file.Path;
import java.util.Optional;
import org.ringdown.gateway.config.Secret;
import org.ringdown.gateway.config.SipTls;
import org.ringdown.gateway.config.SipTls.Certificate;
import org.ringdown.gateway.config.SipTls.OfTrunk;
import org.ringdown.gateway.config.yaml.Section;
import org.ringdown.sip.tls.TlsServer.ClientAuth;

/** The keys of TLS, those of {@code sip.tls} and those of a trunk. */
record TlsReader(Path directory) {
  SipTls sip(Section in) {
    SipTls defaults = SipTls.defaults();
    return new SipTls(
        in.section("certificate", this::certificate),
        in.nullable("trust", defaults.trust(), ValueTypes.readableFile(directory)),
        in.value("clientAuth", defaults.clientAuth(), ValueTypes.oneOf(ClientAuth.class)));
  }

  OfTrunk trunk(Section in) {
    OfTrunk usual = OfTrunk.USUAL;
    OfTrunk tls =
        new OfTrunk(
            in.nullable("trust", usual.trust(), ValueTypes.readableFile(directory)),
            in.nullable("name", usual.name(), ValueTypes.host()),
            in.value("checkName", usual.checkName(), ValueTypes.flag()),
            in.section("certificate", this::certificate),
            in.value("requireCertificate", usual.requireCertificate(), ValueTypes.flag()));
    if (!tls.checkName() && tls.trust() == null) {
      in.reject("checks no name and has no trust of its own; anybody could be the server");
    }
    return tls;
  }

  private Certificate certificate(Section in) {
    Certificate certificate =
        new Certificate(
            in.nullable("file", null, ValueTypes.readableFile(directory)),
            in.nullable("key", null, ValueTypes.readableFile(directory)),
            Optional.ofNullable(in.secret("password")).orElse(Secret.NONE));
    if (certificate.file() == null && certificate.key() != null) {
      in.reject("has a key without a certificate; expected file, too");
    }
    return certificate;
  }
}
