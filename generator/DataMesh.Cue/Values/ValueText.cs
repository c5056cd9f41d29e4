using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Values as messages name them, on one line.</summary>
internal static class ValueText
{
    private const int MaxLength = 4000;

    /// <summary>A value as messages name it: the fields of a struct as they came about.</summary>
    public static string Describe(Value value) => Append(new StringBuilder(), value, isOrdered: false, 0).ToString();

    /// <summary>A value with its fields in their order.</summary>
    public static string DescribeOrdered(Value value) => Append(new StringBuilder(), value, isOrdered: true, 0).ToString();

    /// <summary>The text of an error with its path, as it appears inside of other messages.</summary>
    public static string ErrorText(Bottom error)
    {
        var path = error.At?.Path() ?? "";
        return path.Length > 0 ? path + ": " + error.Message : error.Message;
    }

    /// <summary>The text of all errors that an error stands for, cut down to the first.</summary>
    public static string ErrorsText(Bottom error)
    {
        var others = error.Flatten().Count() - 1;
        return ErrorText(error) + (others > 0 ? FormattableString.Invariant($" (and {others} more errors)") : "");
    }

    /// <summary>A value as a conflict names it: of a validator the call, with what its arguments refer to.</summary>
    public static string Operand(Value value) => value is not ValidatorValue { Arguments.Count: > 0 } validator ? Describe(value)
        : $"{validator.Builtin.Text}({string.Join(", ", validator.Arguments.Select(Argument))})";

    /// <summary>A value that does not suit its place: the fields or elements of a literal as they are written.</summary>
    public static string Unsuited(Value value)
    {
        if (value is not Vertex { IsInline: true, IsDetached: true } vertex || vertex.Resolve() is not { Kind: CueKind.Struct or CueKind.List } literal || !ReferenceEquals(vertex, literal))
            return Describe(value);
        var isList = literal.Kind == CueKind.List;
        var text = new StringBuilder();
        foreach (var arc in literal.Arcs)
        {
            if (text.Length > 0)
                text.Append(',');
            if (!isList)
                text.Append(arc.Label).Append(Mark(arc)).Append(':');
            text.Append(string.Join(" & ", arc.Conjuncts.Select(static conjunct => ExprText.Of(conjunct.Expr))));
        }

        return isList ? $"[{text}]" : $"{{{text}}}";
    }

    private static string Mark(Vertex field) => field.ArcType switch { ArcType.Optional => "?", ArcType.Required => "!", _ => "" };

    private static string Argument(Value value) => value switch
    {
        Vertex { IsInline: true, Conjuncts: [var only] } => ExprText.Of(only.Expr),
        Vertex vertex when vertex.Resolve() is { IsInline: false, Label.IsValid: true } placed => placed.Path(),
        _ => Describe(value),
    };

    /// <summary>What defaults leave of a value.</summary>
    public static Value Default(Value value) => value switch
    {
        DisjunctionValue { DefaultCount: 1 } disjunction => disjunction.Values[0],
        DisjunctionValue { DefaultCount: > 1 } disjunction => new DisjunctionValue([.. disjunction.Values.Take(disjunction.DefaultCount)], 0),
        _ => value,
    };

    /// <summary>An expression as written in the source, on one line.</summary>
    public static string Source(Expr expr)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expr)
        {
            case FieldRef field:
                return field.Label.ToString();
            case LetRef let:
                return let.Let.Name;
            case SelectorExpr selector:
                return Source(selector.Operand) + "." + selector.Label;
            case IndexExpr index:
                return Source(index.Operand) + "[" + Source(index.Index) + "]";
            case SliceExpr slice:
                return $"{Source(slice.Operand)}[{Bound(slice.Low)}:{Bound(slice.High)}]";
            case ImportRef import:
                return import.Source is Identifier identifier ? identifier.Name : import.Path;
            case PredeclaredExpr predeclared:
                return predeclared.Name;
            case NumberExpr number:
                return number.Text;
            case StringExpr text:
                return Literals.Quote(text.Value);
            case BytesExpr bytes:
                return Literals.QuoteBytes(bytes.Value);
            case BoolExpr boolean:
                return boolean.Value ? "true" : "false";
            case NullExpr:
                return "null";
            case TopExpr:
                return "_";
            case BottomExpr:
                return "_|_";
            case BoundExpr bound:
                return Operators.Text(bound.Operator) + Source(bound.Operand);
            case UnaryExpr unary:
                return Operators.Text(unary.Operator) + Source(unary.Operand);
            case BinaryExpr binary:
                return Source(binary.Left) + " " + Operators.Text(binary.Operator) + " " + Source(binary.Right);
            case DisjunctionExpr disjunction:
                return string.Join(" | ", disjunction.Disjuncts.Select(static each => (each.IsDefault ? "*" : "") + Source(each.Expr)));
            case CallExpr call:
                return Source(call.Function) + "(" + string.Join(", ", call.Arguments.Select(Source)) + ")";
            case StructExpr literal:
                return "{" + string.Join(", ", literal.Declarations.Select(Source)) + "}";
            case ListExpr list:
                return "[" + string.Join(", ", list.Elements.Select(Source)) + (list.IsOpen ? list.Elements.Count > 0 ? ", ..." : "..." : "") + "]";
            case InterpolationExpr interpolation:
                var builder = new StringBuilder("\"");
                for (var i = 0; i < interpolation.Texts.Count; i++)
                {
                    builder.Append(interpolation.Texts[i].Text);
                    if (i < interpolation.Parts.Count)
                        builder.Append("\\(").Append(Source(interpolation.Parts[i])).Append(')');
                }

                return builder.Append('"').ToString();
            case ReferenceExpr { Source: Identifier name }:
                return name.Name;
            case ValueExpr value:
                return Describe(value.Value);
            default:
                return "_";
        }

        static string Bound(Expr? bound) => bound is null ? "" : Source(bound);
    }

    private static string Source(Decl declaration) => declaration switch
    {
        FieldDecl field => field.Label + (field.Type switch { ArcType.Optional => "?", ArcType.Required => "!", _ => "" }) + ": " + Source(field.Value),
        EmbedDecl embedding => Source(embedding.Value),
        EllipsisDecl => "...",
        PatternDecl pattern => "[" + Source(pattern.Pattern) + "]: " + Source(pattern.Value),
        DynamicFieldDecl field => "(" + Source(field.Label) + "): " + Source(field.Value),
        _ => "",
    };

    private static StringBuilder Append(StringBuilder text, Value value, bool isOrdered, int depth)
    {
        if (depth > 20 || text.Length > MaxLength)
            return text.Append('_');
        switch (value)
        {
            case NullConstant:
                return text.Append("null");
            case BoolConstant boolean:
                return text.Append(boolean.Value ? "true" : "false");
            case NumberConstant number:
                return text.Append(number.Value.ToString());
            case StringConstant constant:
                return text.Append(Literals.Quote(constant.Value));
            case BytesConstant bytes:
                return text.Append(Literals.QuoteBytes(bytes.Value));
            case TypeValue type:
                return text.Append(type.Kind.Text());
            case BoundValue bound:
                return Append(text.Append(Operators.Text(bound.Operator)), bound.Operand, isOrdered, depth + 1);
            case ValidatorValue validator:
                text.Append(validator.Builtin.Text);
                if (validator.Arguments.Count == 0)
                    return text.Append("()");
                text.Append('(');
                for (var i = 0; i < validator.Arguments.Count; i++)
                    Append(i == 0 ? text : text.Append(", "), validator.Arguments[i], isOrdered, depth + 1);
                return text.Append(')');
            case ConjunctionValue { Name: { } name }:
                return text.Append(name);
            case ConjunctionValue conjunction when RangeNames.Of(conjunction) is { } range:
                return text.Append(range);
            case ConjunctionValue conjunction:
                for (var i = 0; i < conjunction.Values.Count; i++)
                    Append(i == 0 ? text : text.Append(" & "), conjunction.Values[i], isOrdered, depth + 1);
                return text;
            case DisjunctionValue disjunction:
                for (var i = 0; i < disjunction.Values.Count; i++)
                    Append((i == 0 ? text : text.Append(" | ")).Append(i < disjunction.DefaultCount ? "*" : ""), disjunction.Values[i], isOrdered, depth + 1);
                return text;
            case FunctionValue function:
                return text.Append(function.Builtin.Text);
            case Bottom bottom:
                return text.Append("_|_(").Append(ErrorsText(bottom)).Append(')');
            case Vertex vertex:
                return AppendVertex(text, vertex.Resolve(), isOrdered, depth);
            default:
                return text.Append(value.Kind.Text());
        }
    }

    private static StringBuilder AppendVertex(StringBuilder text, Vertex vertex, bool isOrdered, int depth)
    {
        if (vertex.Base is not null and not ContainerValue)
            return Append(text, vertex.Base, isOrdered, depth);
        if (vertex.State?.Scalar is { } scalar)
            return Append(text, scalar.Value, isOrdered, depth);
        var isList = vertex.Base is { Kind: CueKind.List } || vertex.State is { Lists.Count: > 0 };
        text.Append(isList ? '[' : '{');
        var count = 0;
        foreach (var arc in isOrdered && !isList ? FieldOrder.Sort(vertex) : vertex.Arcs)
        {
            if (isList && arc.Label.Kind != LabelKind.Index)
                continue;
            if (count++ > 0)
                text.Append(',');
            if (!isList)
                text.Append(arc.Label).Append(Mark(arc)).Append(':');
            Append(text, arc, isOrdered, depth + 1);
        }

        return text.Append(isList ? ']' : '}');
    }

    public static string Number(NumberConstant number)
    {
        var text = number.Value.ToString();
        if (number.Kind == CueKind.Float && number.Value.IsFinite && text.IndexOfAny(['.', 'E', 'e']) < 0)
            return text + ".0";
        return text;
    }
}
