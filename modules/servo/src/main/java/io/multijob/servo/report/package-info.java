/// Brings what is to be reported to the Optune service: the outbox that keeps it on disk until the
/// service has it, the dispatcher that delivers it, and the events about the servo itself. Asks it,
/// too, where an answer matters.
///
/// Knows nothing of pods, Kubernetes or how a measurement comes about: a report is an id, an app
/// and a text.
@NullMarked
package io.multijob.servo.report;

import org.jspecify.annotations.NullMarked;
