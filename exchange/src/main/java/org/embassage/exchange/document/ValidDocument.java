package org.embassage.exchange.document;

import java.util.function.Function;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.DocumentView;
import org.embassage.schemas.SharedSchema;
import org.embassage.schemas.xml.Violation;

/** A draft that satisfies the shared schema. Only {@link #validate} makes one. Holds personal data. */
public final class ValidDocument {

    private final Draft draft;
    private final DocumentView view;

    private ValidDocument(Draft draft, DocumentView view) {
        this.draft = draft;
        this.view = view;
    }

    /** Validates a draft: schema, named rules, and that it is of the kind it claims. Never throws for bad input. */
    public static Validation validate(Draft draft) {
        return SharedSchema.validateDocument(draft.document())
                .fold(
                        view -> view.kind().elementName().equals(draft.kind())
                                ? new Validation.Valid(new ValidDocument(draft, view))
                                : new Validation.Invalid(Fault.inField(FaultCode.DOCUMENT_INVALID, "KindCode")),
                        violations -> new Validation.Invalid(
                                Fault.inField(FaultCode.DOCUMENT_INVALID, place(violations.get(0)))));
    }

    /** Rule and path of a violation; neither holds a value. */
    static String place(Violation violation) {
        return violation.path() + " " + violation.ruleId();
    }

    public String action() {
        return draft.action();
    }

    public String originRecordRef() {
        return draft.originRecordRef();
    }

    /** What the document says to those who judge it. */
    public DocumentView view() {
        return view;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] document() {
        return draft.document();
    }

    @Override
    public String toString() {
        return "valid " + view.kind().elementName();
    }

    /** What validating found. */
    public sealed interface Validation {
        record Valid(ValidDocument document) implements Validation {}

        /** @param fault names rule and path, never a value */
        record Invalid(Fault fault) implements Validation {}

        default <T> T fold(Function<Valid, T> good, Function<Invalid, T> bad) {
            return this instanceof Valid valid ? good.apply(valid) : bad.apply((Invalid) this);
        }
    }
}
