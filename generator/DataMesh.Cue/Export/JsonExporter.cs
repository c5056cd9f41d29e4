using System.Text;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// A value as JSON: compact, members in CUE's order, defaults taken, numbers with the text that CUE gives them.
/// Definitions, hidden and optional fields are no data and are left out.
/// </summary>
public static class JsonExporter
{
    /// <summary>What is nested deeper is refused.</summary>
    private const int MaxDepth = 1000;

    /// <summary>References can make a value of few lines exponentially large: what has more parts is refused.</summary>
    private const int MaxValues = 1_000_000;

    private const int MaxLength = 1 << 26;

    /// <param name="value">A value that is concrete, defaults taken.</param>
    /// <param name="json">The JSON text, or empty.</param>
    /// <param name="error">Why there is none, at the path of the value that is not concrete or wrong.</param>
    public static bool TryExport(CueValue value, out string json, out CueError? error)
    {
        if (!TryWrite(value, out json, out error, out bool isFinite))
            return false;
        if (isFinite)
            return true;
        json = "";
        error = new CueError(CueErrorCode.Eval, "NaN and Infinity are no JSON", value.Path, []);
        return false;
    }

    /// <summary>JSON with each member on a line of its own, as <c>cue export</c> prints it.</summary>
    /// <param name="json">JSON as the exporters give it.</param>
    /// <param name="escapeHtml">Whether what would not be safe inside HTML is escaped.</param>
    public static string Indent(string json, bool escapeHtml = false)
    {
        string text = JsonText.Indent(json, "", "    ");
        return (escapeHtml ? JsonText.EscapeHtml(text) : text) + "\n";
    }

    /// <summary>As <see cref="TryExport"/>, with NaN and Infinity written by their names.</summary>
    internal static bool TryWrite(CueValue value, out string json, out CueError? error, out bool isFinite)
    {
        Writer writer = new();
        bool isWritten = writer.Write(value, 0);
        json = isWritten ? writer.Text.ToString() : "";
        error = writer.Error;
        isFinite = writer.IsFinite;
        return isWritten;
    }

    private sealed class Writer
    {
        private int _values;

        public StringBuilder Text { get; } = new();

        public CueError? Error { get; private set; }

        public bool IsFinite { get; private set; } = true;

        public bool Write(CueValue value, int depth)
        {
            if (depth > MaxDepth)
                return Fail(CueErrorCode.Budget, "value nests too deeply", value);
            if (++_values > MaxValues || Text.Length > MaxLength)
                return Fail(CueErrorCode.Budget, "value is too large", value);
            value = value.Default ?? value;
            // An error anywhere, in a definition too, leaves nothing to export.
            if ((value.Error ?? (depth == 0 ? value.ChildError : null)) is { } error)
            {
                Error = error;
                return false;
            }

            switch (value.Kind)
            {
                case CueKind.Null:
                    Text.Append("null");
                    return true;
                case CueKind.Bool:
                    Text.Append(value.AsBool() == true ? "true" : "false");
                    return true;
                case CueKind.String:
                    Text.Append(JsonText.Quote(value.AsString()!));
                    return true;
                case CueKind.Bytes:
                    Text.Append('"').Append(Convert.ToBase64String(value.AsBytes()!)).Append('"');
                    return true;
                case CueKind.Int or CueKind.Float or CueKind.Number:
                    WriteNumber(value.AsNumberText()!);
                    return true;
                case CueKind.List:
                    return WriteList(value, depth);
                case CueKind.Struct:
                    return WriteStruct(value, depth);
                default:
                    return Fail(CueErrorCode.Incomplete, $"cannot convert incomplete value {JsonText.Quote(value.ToString())} to JSON", value);
            }
        }

        private void WriteNumber(string text)
        {
            IsFinite &= !text.EndsWith("y", StringComparison.Ordinal) && text != "NaN";
            Text.Append(text);
        }

        private bool WriteList(CueValue value, int depth)
        {
            Text.Append('[');
            bool isFirst = true;
            foreach (CueValue element in value.Elements)
            {
                if (!isFirst)
                    Text.Append(',');
                isFirst = false;
                if (!Write(element, depth + 1))
                    return false;
            }

            Text.Append(']');
            return true;
        }

        private bool WriteStruct(CueValue value, int depth)
        {
            Text.Append('{');
            bool isFirst = true;
            foreach (CueField field in value.ChosenFields)
            {
                if (field.Kind == CueFieldKind.Required && !field.IsDefinition && !field.IsHidden)
                    return Fail(CueErrorCode.Incomplete, "field is required but not present", field.Value);
                if (field.Kind != CueFieldKind.Regular)
                    continue;
                if (!isFirst)
                    Text.Append(',');
                isFirst = false;
                Text.Append(JsonText.Quote(field.Name)).Append(':');
                if (!Write(field.Value, depth + 1))
                    return false;
            }

            Text.Append('}');
            return true;
        }

        private bool Fail(CueErrorCode code, string message, CueValue value)
        {
            Error = new CueError(code, message, value.Path, value.Positions);
            return false;
        }
    }
}
