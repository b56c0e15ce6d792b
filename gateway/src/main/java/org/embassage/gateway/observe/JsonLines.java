package org.embassage.gateway.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.exchange.fault.Broken;

/**
 * One JSON object a line, with the field names of ECS. Only our own loggers are quoted: what a library says, and what
 * any exception says, may hold a value of a record, so of those only classes, places and codes are kept.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final String OURS = "org.embassage.";
    private static final Pattern LIBRARY_CODE = Pattern.compile("\\b(AMQ[0-9]{6}|HHH[0-9]{6})\\b");
    private static final int FRAMES = 12;
    private static final int CAUSES = 6;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("@timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        line.put("log.level", event.getLevel().toString());
        line.put("log.logger", event.getLoggerName());
        line.put("process.thread.name", event.getThreadName());
        String said = String.valueOf(event.getFormattedMessage());
        if (event.getLoggerName().startsWith(OURS)) {
            line.put("message", said);
        } else {
            Matcher code = LIBRARY_CODE.matcher(said);
            line.put("message", code.find() ? code.group() : "(not quoted)");
        }
        if (event.getThrowableProxy() != null) {
            error(line, event.getThrowableProxy());
        }
        return bytes(line);
    }

    private static void error(ObjectNode line, IThrowableProxy thrown) {
        ArrayNode types = line.putArray("error.type");
        IThrowableProxy cause = thrown;
        for (int i = 0; cause != null && i < CAUSES; i++) {
            types.add(cause.getClassName());
            if (cause instanceof ThrowableProxy proxy
                    && proxy.getThrowable() instanceof Broken broken
                    && !line.has("event.code")) {
                line.put("event.code", broken.fault().code());
            }
            cause = cause.getCause();
        }
        ArrayNode stack = line.putArray("error.stack");
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            StackTraceElement frame = frames[i].getStackTraceElement();
            stack.add(frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
        }
    }

    private byte[] bytes(ObjectNode line) {
        try {
            return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree to memory", e);
        }
    }
}
