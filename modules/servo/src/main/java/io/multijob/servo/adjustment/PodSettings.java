package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/// Settings that fit a pod: final amounts and values.
///
/// As text, one item per setting, parted by one blank:
///
///     main:limits.cpu=1500m main:requests.memory=64Mi main:env.WORKERS=4
///
/// @param containers what each container is set to, by its name; in the order in which it is written
public record PodSettings(Map<String, ContainerSettings> containers) {
  public static final PodSettings NONE = new PodSettings(Map.of());

  public PodSettings {
    var copy = new LinkedHashMap<String, ContainerSettings>();
    containers.forEach((name, settings) -> {
      if (!settings.isEmpty()) {
        copy.put(name, settings);
      }
    });
    containers = unmodifiableMap(copy);
  }

  /// The settings that `text` writes down; none of an empty one.
  ///
  /// @throws IllegalArgumentException if a part of it is not of the form, names an item twice, or
  ///   has a value that is none
  public static PodSettings parse(String text) {
    var containers = new LinkedHashMap<String, ContainerSettings>();
    Items.parse(text)
        .forEach((item, value) -> {
          try {
            containers.put(
                item.container(),
                containers
                    .getOrDefault(item.container(), ContainerSettings.NONE)
                    .with(item.knob(), value));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(item + ": " + e.getMessage(), e);
          }
        });
    return new PodSettings(containers);
  }

  public boolean isEmpty() {
    return containers.isEmpty();
  }

  /// Gives the document of a pod these settings beside what its author asked for: what an earlier
  /// pass has set and these do not name is the author's again. The notes say so
  /// ([AdjustmentNotes]). Containers and variables that the pod lacks are passed over. Applied
  /// again, it changes nothing.
  public void applyTo(ObjectNode pod) {
    var document = new PodDocument(pod);
    SequencedMap<Item, String> authored = AdjustmentNotes.authored(document);
    var applied = new LinkedHashMap<Item, String>();
    var author = new LinkedHashMap<Item, String>();
    items()
        .forEach((item, value) -> {
          if (document.takes(item)) {
            applied.put(item, value);
            author.put(item, authored.getOrDefault(item, document.read(item).orElse("")));
          }
        });
    authored.forEach((item, value) -> {
      if (!applied.containsKey(item)) {
        document.write(item, value);
      }
    });
    applied.forEach(document::write);
    AdjustmentNotes.write(document, applied, author);
    document.annotate(AdjustmentNotes.WOULD_ADJUST, "");
  }

  /// Notes on the document of a pod, otherwise unchanged, what it would have been set to.
  public void noteOn(ObjectNode pod) {
    new PodDocument(pod).annotate(AdjustmentNotes.WOULD_ADJUST, toString());
  }

  private SequencedMap<Item, String> items() {
    var items = new LinkedHashMap<Item, String>();
    containers.forEach((container, settings) ->
        settings.knobs().forEach((knob, value) -> items.put(new Item(container, knob), value)));
    return items;
  }

  /// As [#parse] reads it.
  @Override
  public String toString() {
    return Items.write(items());
  }
}
