package io.multijob.sandbox.api.schema;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Timestamps;
import io.multijob.sandbox.api.schema.Type.Array;
import io.multijob.sandbox.api.schema.Type.Dictionary;
import io.multijob.sandbox.api.schema.Type.Scalar;
import io.multijob.sandbox.api.schema.Type.Struct;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes of a document what the real server would have after decoding it into its types: fields it
/// does not know, nulls and empty lists are gone, times are whole seconds in UTC, quantities are
/// text; a value of a wrong type is an error.
///
/// For one document; not to be used again.
public final class Decoder {
  private final String kind;
  private final String version;
  private final Struct type;
  private final List<String> unknownFields = new ArrayList<>();

  private Decoder(Resource resource, Struct type) {
    this.kind = resource.kind();
    this.version = resource.group().version();
    this.type = type;
  }

  /// Changes `document` in place.
  ///
  /// @return the paths of the fields that were taken out because the type has none of their name
  /// @throws ApiError 400 for a value of a wrong type
  public static List<String> decode(Schemas schemas, Resource resource, ObjectNode document) {
    Decoder decoder = new Decoder(resource, schemas.of(resource));
    decoder.fields(decoder.type, document, new Path("", "", ""));
    return decoder.unknownFields;
  }

  /// Where the decoder is.
  ///
  /// @param indexed with the indices of lists, for unknown fields
  /// @param plain without them, for wrong types
  /// @param struct the innermost type's name
  private record Path(String indexed, String plain, String struct) {
    Path field(Struct parent, String name) {
      return new Path(join(indexed, name), join(plain, name), parent.simpleName());
    }

    Path element(int index) {
      return new Path(indexed + "[" + index + "]", plain, struct);
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }

  private void fields(Struct struct, ObjectNode object, Path path) {
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      Path at = path.field(struct, entry.getKey());
      Type field = struct.fields().get(entry.getKey());
      if (field == null) {
        unknownFields.add(at.indexed);
        entries.remove();
      } else if (isNothing(field, entry.getValue())) {
        entries.remove();
      } else {
        entry.setValue(value(field, entry.getValue(), at));
      }
    }
  }

  /// What `value` becomes.
  private JsonNode value(Type expected, JsonNode value, Path path) {
    switch (expected) {
      case Struct struct -> {
        require(value.isObject(), struct, value, path);
        fields(struct, (ObjectNode) value, path);
      }
      case Dictionary dictionary -> {
        require(value.isObject(), dictionary, value, path);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          entry.setValue(value(dictionary.value(), entry.getValue(), path));
        }
      }
      case Array array -> {
        require(value.isArray(), array, value, path);
        elements(array, (ArrayNode) value, path);
      }
      case Scalar scalar -> {
        return scalar(scalar, value, path);
      }
    }
    return value;
  }

  private void elements(Array array, ArrayNode list, Path path) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, value(array.element(), list.get(i), path.element(i)));
    }
  }

  private JsonNode scalar(Scalar expected, JsonNode value, Path path) {
    boolean fits =
        switch (expected) {
          case STRING, TIME, MICRO_TIME -> value.isString();
          case BOOLEAN -> value.isBoolean();
          case INT32, INT64 -> value.isIntegralNumber();
          case NUMBER -> value.isNumber();
          case QUANTITY, INT_OR_STRING -> value.isString() || value.isNumber();
          case ANYTHING -> true;
        };
    require(fits, expected, value, path);
    return switch (expected) {
      case QUANTITY -> StringNode.valueOf(quantity(value.asString()));
      case TIME -> StringNode.valueOf(Timestamps.format(time(value.stringValue())));
      case MICRO_TIME -> StringNode.valueOf(microTime(value.stringValue()));
      default -> value;
    };
  }

  private String quantity(String text) {
    if (Quantity.parse(text).isEmpty()) {
      throw unfit(
          "quantities must match the regular expression"
              + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    return text;
  }

  private String microTime(String text) {
    if (!Timestamps.isMicro(text)) {
      throw unfit(
          "parsing time \"%s\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse"
              .formatted(text));
    }
    return Timestamps.formatMicro(time(text));
  }

  private Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw unfit(
          "parsing time \"%s\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"%s\""
              .formatted(text, text));
    }
  }

  private void require(boolean fits, Type expected, JsonNode value, Path path) {
    if (!fits) {
      throw unfit(
          "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
              .formatted(jsonName(value), path.struct, path.plain, expected.goName()));
    }
  }

  private ApiError unfit(String reason) {
    return ApiError.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind, version, kind, reason));
  }

  private static boolean isNothing(Type type, JsonNode value) {
    boolean emptied = value.isArray() && type instanceof Array;
    boolean unkeyed = value.isObject() && type instanceof Dictionary;
    return value.isNull() || ((emptied || unkeyed) && value.isEmpty());
  }

  private static String jsonName(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case ARRAY -> "array";
      case OBJECT -> "object";
      default -> "null";
    };
  }
}
