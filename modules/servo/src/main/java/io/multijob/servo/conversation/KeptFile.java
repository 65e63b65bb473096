package io.multijob.servo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;
import io.multijob.protocol.ProtocolException;
import io.multijob.servo.conversation.Kept.Standing;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file `adjustments.json`, which is written whole:
///
///     {"version": 1, "adjustments": [ENTRY...]}
///     ENTRY = {"app": APP ID, "standing": "due" or "given", "answer": THE SERVICE'S ANSWER}
///
/// The entry that was used last comes last.
record KeptFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

  private static final int VERSION = 1;
  private static final long LONGEST = 64L * 1024 * 1024;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static KeptFile in(Path directory) {
    return new KeptFile(directory.resolve("adjustments.json"));
  }

  /// What is in it; nothing where there is none. One that cannot be understood is moved aside, with
  /// its name told.
  SequencedMap<String, Kept> read() {
    try {
      return Files.exists(path) ? parse() : new LinkedHashMap<>();
    } catch (JacksonException e) {
      moveAside("it is not JSON: " + e.getOriginalMessage());
    } catch (ProtocolException | DamagedException e) {
      moveAside(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("file", path)
          .log("Adjustments that were kept cannot be read, the service is asked anew");
    }
    return new LinkedHashMap<>();
  }

  /// Replaces what is in it. When this returns, it survives a crash of the machine; if we crash
  /// before, what was in it does.
  void write(Map<String, Kept> adjustments) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    ByteBuffer bytes = ByteBuffer.wrap(json(adjustments).getBytes(UTF_8));
    try (FileChannel channel = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, path, ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent(), READ)) {
      directory.force(true); // the new name itself
    }
  }

  private static String json(Map<String, Kept> adjustments) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeArrayPropertyStart("adjustments");
      adjustments.forEach((appId, kept) -> {
        json.writeStartObject();
        json.writeStringProperty("app", appId);
        json.writeStringProperty("standing", wire(kept.standing()));
        json.writeName("answer");
        json.writeRawValue(kept.json());
        json.writeEndObject();
      });
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private SequencedMap<String, Kept> parse() throws IOException {
    if (Files.size(path) > LONGEST) {
      throw new DamagedException("it is longer than " + LONGEST + " bytes");
    }
    JsonNode document = MAPPER.readTree(Files.readAllBytes(path));
    if (document.path("version").asInt(0) != VERSION) {
      throw new DamagedException(
          "expected version " + VERSION + ", found " + document.path("version"));
    }
    SequencedMap<String, Kept> adjustments = new LinkedHashMap<>();
    for (JsonNode entry : document.path("adjustments")) {
      adjustments.put(appId(entry), kept(entry));
    }
    return adjustments;
  }

  private static String appId(JsonNode entry) throws DamagedException {
    String appId = entry.path("app").asString("");
    if (appId.isEmpty()) {
      throw new DamagedException("an entry has no app");
    }
    return appId;
  }

  private static Kept kept(JsonNode entry) throws DamagedException {
    String standing = entry.path("standing").asString("");
    Answer answer = AnswerJson.read(entry.path("answer").toString().getBytes(UTF_8));
    if (!(answer instanceof Answer.Commanded(Command.Adjust command))) {
      throw new DamagedException("the answer of an entry is no ADJUST");
    }
    for (Standing each : Standing.values()) {
      if (wire(each).equals(standing)) {
        return Kept.of(command, each);
      }
    }
    throw new DamagedException("expected due or given, found '" + standing + "'");
  }

  private static String wire(Standing standing) {
    return switch (standing) {
      case DUE -> "due";
      case GIVEN -> "given";
    };
  }

  private void moveAside(String reason) {
    Path aside = path.resolveSibling(path.getFileName() + ".damaged");
    try {
      Files.move(path, aside, REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Damaged file was not moved");
    }
    LOG.atError()
        .addKeyValue("file", aside)
        .addKeyValue("reason", reason)
        .log("Adjustments that were kept are damaged, they were moved aside");
  }

  /// The file is not what we wrote.
  private static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }
}
