package org.ringdown.sip.tls;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The SIP domains a certificate speaks for (RFC 5922 section 7.1): {@code sip:} URIs without a user
 * and DNS names in its subjectAltName, and only where it has neither, the common name; IP addresses
 * besides, for servers that have no name.
 */
final class SipDomains {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;
  private static final Pattern SIP_URI = Pattern.compile("(?i)sip:([^@:;?]+)(:\\d+)?([;?].*)?");

  private final ImmutableList<String> exact;
  private final ImmutableList<String> dns;

  private SipDomains(ImmutableList<String> exact, ImmutableList<String> dns) {
    this.exact = exact;
    this.dns = dns;
  }

  static SipDomains of(X509Certificate certificate) {
    ImmutableList.Builder<String> exact = ImmutableList.builder();
    ImmutableList.Builder<String> dns = ImmutableList.builder();
    boolean named = false;
    for (List<?> name : names(certificate)) {
      int kind = (Integer) name.get(0);
      named |= kind == DNS || kind == URI;
      if (kind == DNS) {
        dns.add(Ascii.toLowerCase((String) name.get(1)));
      } else if (kind == URI) {
        Matcher uri = SIP_URI.matcher((String) name.get(1));
        if (uri.matches()) {
          exact.add(Ascii.toLowerCase(uri.group(1)));
        }
      } else if (kind == IP) {
        exact.add(address((String) name.get(1)));
      }
    }
    if (!named) {
      exact.addAll(commonNames(certificate));
    }
    return new SipDomains(exact.build(), dns.build());
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static ImmutableList<String> commonNames(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> Ascii.equalsIgnoreCase(rdn.getType(), "CN"))
              .map(rdn -> Ascii.toLowerCase(rdn.getValue().toString()))
              .collect(ImmutableList.toImmutableList());
    } catch (InvalidNameException e) {
      return ImmutableList.of();
    }
  }

  /**
   * Whether a domain or IP address is among them. RFC 5922 section 7.2: "implementations MUST match
   * the values in their entirety". We take {@code *} for the first label of a DNS name besides (RFC
   * 6125 section 6.4.3), because large carriers' certificates hold nothing else.
   */
  boolean include(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (InetAddresses.isInetAddress(bare)) {
      return exact.contains(address(bare));
    }
    String name = Ascii.toLowerCase(bare);
    String wildcard = "*" + name.substring(Math.max(0, name.indexOf('.')));
    return exact.contains(name)
        || dns.contains(name)
        || (name.indexOf('.', name.indexOf('.') + 1) > 0 && dns.contains(wildcard));
  }

  private static String address(String text) {
    return InetAddresses.toAddrString(InetAddresses.forString(text));
  }

  @Override
  public String toString() {
    return ImmutableList.builder().addAll(exact).addAll(dns).build().toString();
  }
}
