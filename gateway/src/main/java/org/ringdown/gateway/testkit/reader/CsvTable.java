package org.ringdown.gateway.testkit.reader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.ringdown.gateway.testkit.script.Place;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;

/**
 * Tables in files of comma separated values (RFC 4180), whose first line names the variables. Lines
 * with nothing in them are passed over. Not thread-safe.
 */
final class CsvTable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.SKIP_EMPTY_LINES)
          .build();

  private final Path file;
  private final Mistakes mistakes;
  private int line = 1;

  private CsvTable(Path file, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /**
   * Reads a file; no rows if there is a mistake in it.
   *
   * @param named where it is asked for
   */
  static ImmutableList<ImmutableMap<String, String>> read(
      Path file, Place named, Mistakes mistakes) {
    CsvTable table = new CsvTable(file, mistakes);
    try {
      String text = Files.readString(file);
      return table.rows(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      mistakes.add(named, "there is no file " + file);
    } catch (CharacterCodingException e) {
      table.mistake("is not UTF-8 text");
    } catch (IOException e) {
      mistakes.add(named, file + " cannot be read: " + e.getMessage());
    } catch (JacksonException e) {
      table.mistake("is no CSV (RFC 4180): " + e.getOriginalMessage());
    }
    return ImmutableList.of();
  }

  private void mistake(String text) {
    mistakes.add(new Place(file.toString(), line), text);
  }

  private ImmutableList<ImmutableMap<String, String>> rows(String text) {
    ImmutableList.Builder<ImmutableMap<String, String>> rows = ImmutableList.builder();
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
      List<String> names = lines.hasNextValue() ? List.of(lines.nextValue()) : List.of();
      if (!areNames(names)) {
        return ImmutableList.of();
      }
      line = lines.currentLocation().getLineNr();
      if (!lines.hasNextValue()) {
        mistake("expected at least one row below the names of the variables");
      }
      while (lines.hasNextValue()) {
        line = lines.currentLocation().getLineNr();
        rows.add(row(names, lines.nextValue()));
      }
    }
    return rows.build();
  }

  private boolean areNames(List<String> names) {
    if (names.stream().anyMatch(name -> name.isBlank() || name.matches(".*[;\\t${}].*"))) {
      mistake("expected the names of variables, with commas between them");
      return false;
    }
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      mistake(names.isEmpty() ? "the file is empty" : "a variable is named twice");
      return false;
    }
    if (names.equals(List.of("SEQUENTIAL")) || names.equals(List.of("RANDOM"))) {
      mistake("this is how files for SIPp begin; expected the names of variables, and commas");
      return false;
    }
    return true;
  }

  private ImmutableMap<String, String> row(List<String> names, String[] values) {
    if (values.length != names.size()) {
      mistake(
          "has "
              + values.length
              + " values; expected "
              + names.size()
              + ": "
              + String.join(", ", names));
    }
    List<String> all = Arrays.asList(Arrays.copyOf(values, names.size()));
    ImmutableMap.Builder<String, String> row = ImmutableMap.builder();
    for (int i = 0; i < names.size(); i++) {
      String value = all.get(i);
      row.put(names.get(i).strip(), value == null ? "" : value);
    }
    return row.buildOrThrow();
  }
}
