package io.multijob.servo.watch;

/// Is told what is seen of pods, by each watch from its own thread.
///
/// @param <T> the form in which they are seen
public interface ObjectSink<T> {

  /// A list of all that `scope` holds begins: [#seen] tells what is in it.
  void listing(Scope scope);

  /// The pod is as given, whether it is new, has changed, or is listed again.
  ///
  /// @throws InterruptedException if the watch is stopped while the sink cannot take more
  void seen(T pod) throws InterruptedException;

  /// The pod is deleted; this is what it was last.
  void gone(T pod) throws InterruptedException;

  /// The list is complete: a pod of `scope` that was not seen since [#listing] is no more.
  void listed(Scope scope) throws InterruptedException;
}
