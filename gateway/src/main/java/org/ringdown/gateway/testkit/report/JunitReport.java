package org.ringdown.gateway.testkit.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ringdown.gateway.testkit.run.Outcome;

/**
 * Runs as the XML that build servers read: a case for each run, the ladder of those that failed.
 */
public final class JunitReport {
  private JunitReport() {}

  /** Writes a file. */
  public static void write(Path file, List<Outcome> outcomes) throws IOException {
    try (Writer text = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "call-test");
      xml.writeAttribute("tests", String.valueOf(outcomes.size()));
      xml.writeAttribute(
          "failures", String.valueOf(outcomes.stream().filter(o -> !o.passed()).count()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute(
          "time", seconds(outcomes.stream().mapToLong(o -> o.lasted().toMillis()).sum()));
      properties(xml, Statistics.of(outcomes));
      for (Outcome outcome : outcomes) {
        write(xml, outcome);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void properties(XMLStreamWriter xml, List<Statistics> all)
      throws XMLStreamException {
    xml.writeStartElement("properties");
    for (Statistics step : all) {
      xml.writeEmptyElement("property");
      xml.writeAttribute("name", clean(step.run() + ", " + step.place() + ": " + step.step()));
      xml.writeAttribute("value", step.inWords());
    }
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, Outcome outcome) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", outcome.script().place().file());
    xml.writeAttribute("name", outcome.title());
    xml.writeAttribute("time", seconds(outcome.lasted().toMillis()));
    String failure = outcome.failure();
    if (failure != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", clean(failure));
      xml.writeAttribute("type", "failed");
      xml.writeCharacters(clean(String.join("\n", Ladder.of(outcome))));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  /** XML 1.0 has no control characters. */
  private static String clean(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "?");
  }
}
