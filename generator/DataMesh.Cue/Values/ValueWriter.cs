using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Writes one value on one line; what is too deep or too long is cut off.</summary>
/// <param name="isMessage">Whether fields are in the order in which they came up, and what is another struct or list is told by where that is.</param>
internal sealed class ValueWriter(bool isMessage)
{
    private const int MaxLength = 4000;
    private const int MaxDepth = 20;

    private readonly StringBuilder _text = new();
    private readonly List<Vertex> _around = [];

    /// <summary>Whether validators are told with what they were given, not with what that turned out to be; null if schemas are.</summary>
    public bool? TellsArguments { get; init; }

    public string Write(Value value)
    {
        Append(value, 0);
        return _text.ToString();
    }

    public string Write(MessageText message)
    {
        Append(message, 0);
        return _text.ToString();
    }

    private void Append(Value value, int depth)
    {
        if (depth > MaxDepth || _text.Length > MaxLength)
        {
            _text.Append('_');
            return;
        }

        switch (value)
        {
            case NullConstant:
                _text.Append("null");
                break;
            case BoolConstant boolean:
                _text.Append(boolean.Value ? "true" : "false");
                break;
            case NumberConstant number:
                _text.Append(number.Value.ToString());
                break;
            case StringConstant constant:
                _text.Append(Literals.Quote(constant.Value));
                break;
            case BytesConstant bytes:
                _text.Append(Literals.QuoteBytes(bytes.Value));
                break;
            case BoundValue bound:
                _text.Append(Operators.Text(bound.Operator));
                Append(bound.Operand, depth + 1);
                break;
            case ValidatorValue validator:
                _text.Append(validator.Builtin.Text).Append('(');
                for (var i = 0; i < validator.Arguments.Count; i++)
                {
                    if (i > 0)
                        _text.Append(", ");
                    var argument = validator.Arguments[i];
                    var told = TellsArguments != false && validator.IsSchema(i) && argument is Vertex schema ? ValueText.Schema(schema)
                        : TellsArguments == true ? ValueText.Argument(argument)
                        : null;
                    if (told is not null)
                        _text.Append(told);
                    else
                        Append(argument, depth + 1);
                }

                _text.Append(')');
                break;
            case ConjunctionValue { Name: { } name }:
                _text.Append(name);
                break;
            case ConjunctionValue conjunction when RangeNames.Of(conjunction) is { } range:
                _text.Append(range);
                break;
            case ConjunctionValue conjunction:
                AppendAll(conjunction.Values, " & ", depth);
                break;
            case UnificationValue unification:
                AppendAll(unification.Operands, " & ", depth);
                break;
            case DisjunctionValue disjunction:
                AppendAll(disjunction.Values, " | ", depth, disjunction.DefaultCount);
                break;
            case FunctionValue function:
                _text.Append(function.Builtin.Text);
                break;
            case Bottom bottom:
                _text.Append("_|_(").Append(ValueText.PathPrefix(bottom));
                Append(bottom.Text, depth);
                _text.Append(ValueText.Others(bottom)).Append(')');
                break;
            case Vertex vertex:
                AppendVertex(vertex.Resolve(), depth);
                break;
            default:
                _text.Append(value.Kind.Text());
                break;
        }
    }

    private void Append(MessageText message, int depth)
    {
        _text.Append(message.Start);
        foreach (var quotation in message.Quotations)
        {
            var quoted = quotation.Quoted.Resolve();
            if (_around.Contains(quoted))
                _text.Append("value at path '").Append(quoted.Path()).Append('\'');
            else
                AppendVertex(quoted, depth + 1, isQuoted: true);
            _text.Append(quotation.Behind);
        }
    }

    private void AppendAll(IReadOnlyList<Value> values, string separator, int depth, int defaults = 0)
    {
        for (var i = 0; i < values.Count; i++)
        {
            _text.Append(i == 0 ? "" : separator).Append(i < defaults ? "*" : "");
            Append(values[i], depth + 1);
        }
    }

    /// <param name="isQuoted">Whether a message names the value, of which that may be the error: its fields or elements are told then.</param>
    private void AppendVertex(Vertex vertex, int depth, bool isQuoted = false)
    {
        if (depth > MaxDepth)
        {
            _text.Append('_');
            return;
        }

        var scalar = isQuoted && vertex is { Base: Bottom, State: { Scalar: null, DeclaredKind: CueKind.Struct or CueKind.List } } ? null
            : vertex.Base is not null and not ContainerValue ? vertex.Base
            : vertex.State?.Scalar?.Value;
        if (scalar is not null)
        {
            Append(scalar, depth);
            return;
        }

        _around.Add(vertex);
        var isList = vertex.Base is { Kind: CueKind.List } || vertex.State is { Lists.Count: > 0 };
        _text.Append(isList ? '[' : '{');
        var count = 0;
        foreach (var arc in isList || isMessage ? vertex.Arcs : FieldOrder.Sort(vertex))
        {
            if (isList && arc.Label.Kind != LabelKind.Index)
                continue;
            if (count++ > 0)
                _text.Append(',');
            if (!isList)
                _text.Append(arc.Label).Append(ValueText.Mark(arc)).Append(':');
            if (isMessage)
                AppendField(arc, depth + 1);
            else
                Append(arc, depth + 1);
        }

        _text.Append(isList ? ']' : '}');
        _around.RemoveAt(_around.Count - 1);
    }

    private void AppendField(Vertex field, int depth)
    {
        var value = field.Resolve();
        if (field.ComesRound)
            Append(new Bottom(CueErrorCode.Structural, "structural cycle") { At = field }, depth);
        else if (field.Shared is { Label.Kind: not LabelKind.Let } && value is { IsInline: false, IsDetached: false, Base: ContainerValue })
            _text.Append("~(").Append(value.Path()).Append(')');
        else
            Append(value is { Base: ContainerValue, ChildError: { IsIncomplete: false } error } ? error : field, depth);
    }
}
