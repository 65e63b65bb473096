package io.multijob.servo.adjustment;

import io.multijob.servo.pod.PodMarks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/// What a pod's annotations say of its settings.
///
/// A pod comes before us more than once: the policy before the webhook, and the webhook again after
/// another one has changed it. The notes let each pass start from what the author asked for, so
/// that no ratio and no multiple is taken twice.
///
/// They count only where the pod still has the values that they name: for each variable and each
/// resource of a container by itself, its request and limit together. A manifest that was copied
/// with its annotations and then changed is so taken as it stands.
public final class AdjustmentNotes {
  /// The settings that were applied, as [PodSettings] are written.
  public static final String ADJUSTMENT = PodMarks.ADJUSTMENT;

  /// Stands in their place where the service wanted an adjustment without any: it is told of the
  /// pod as of each other. No settings are written so.
  private static final String NOTHING = "none";

  /// What the author had in their place; nothing after the `=` where there was nothing.
  public static final String AUTHOR = "servo.optune.io/author";

  /// What would have been applied, were it not for [Mode#DRY_RUN].
  public static final String WOULD_ADJUST = "servo.optune.io/would-adjust";

  private AdjustmentNotes() {}

  /// Leaves on a pod's document no more of the notes than what counts, so that a copied manifest
  /// does not pass for an adjusted pod. The pod is otherwise unchanged.
  public static void dropStale(ObjectNode pod) {
    var document = new PodDocument(pod);
    SequencedMap<Item, String> author = authored(document);
    Map<Item, String> applied = read(document, ADJUSTMENT);
    applied.keySet().retainAll(author.keySet());
    write(document, applied, author);
  }

  /// Whether a pod's document says that settings of ours are in it.
  public static boolean nameSettings(ObjectNode pod) {
    return !read(new PodDocument(pod), ADJUSTMENT).isEmpty();
  }

  /// Notes on a pod's document that the service wanted it adjusted, by no settings.
  public static void noteNothing(ObjectNode pod) {
    new PodDocument(pod).annotate(ADJUSTMENT, NOTHING);
  }

  /// Notes what was applied and what the author had in its place.
  static void write(PodDocument document, Map<Item, String> applied, Map<Item, String> author) {
    document.annotate(ADJUSTMENT, Items.write(applied));
    document.annotate(AUTHOR, Items.write(author));
  }

  /// What the author had in the place of what was applied, as far as the notes count; in the order
  /// of the note.
  static SequencedMap<Item, String> authored(PodDocument document) {
    Map<Item, String> applied = read(document, ADJUSTMENT);
    Map<Item, String> author = read(document, AUTHOR);
    var counted = new LinkedHashMap<Item, String>();
    applied
        .keySet()
        .forEach(item -> {
          if (counts(item, applied, author, document)) {
            counted.put(item, author.getOrDefault(item, ""));
          }
        });
    return counted;
  }

  private static boolean counts(
      Item item, Map<Item, String> applied, Map<Item, String> author, PodDocument document) {
    for (Map.Entry<Item, String> other : applied.entrySet()) {
      if (other.getKey().goesWith(item)
          && !(author.containsKey(other.getKey())
              && isValue(other.getKey(), author.get(other.getKey()))
              && document.takes(other.getKey())
              && document.has(other.getKey(), other.getValue()))) {
        return false;
      }
    }
    return true;
  }

  /// True for what an author can have had: an amount or none, of a variable a number.
  private static boolean isValue(Item item, String text) {
    if (item.knob() instanceof Item.Variable) {
      return Variables.number(text).isPresent();
    }
    if (text.isEmpty()) {
      return true;
    }
    try {
      return Quantity.parse(text).amount().signum() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Anyone may write annotations: one that cannot be read says nothing.
  private static Map<Item, String> read(PodDocument document, String annotation) {
    try {
      return Items.parse(document.annotation(annotation));
    } catch (IllegalArgumentException e) {
      return new LinkedHashMap<>();
    }
  }
}
