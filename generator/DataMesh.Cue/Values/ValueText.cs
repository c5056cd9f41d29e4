using System.Text;
using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>Values as messages name them, on one line.</summary>
internal static class ValueText
{
    /// <summary>A value as messages have it: fields as they came up, and what is another struct or list by where that is.</summary>
    public static string Describe(Value value) => new ValueWriter(isMessage: true).Write(value);

    /// <summary>A value in full, with its fields in order.</summary>
    public static string DescribeOrdered(Value value) => new ValueWriter(isMessage: false).Write(value);

    /// <summary>A value that is not concrete, as it is reported: what a validator was given is written as in the source, unless that was compared.</summary>
    public static string DescribeIncomplete(Value value) =>
        new ValueWriter(isMessage: true) { TellsArguments = value is not ConjunctionValue { Values: var values } || values.Count(static each => each is ValidatorValue { Arguments.Count: > 0 }) < 2 }.Write(value);

    /// <summary>The text of an error with its path, as it appears inside of other messages.</summary>
    public static string ErrorText(Bottom error) => PathPrefix(error) + error.Message;

    /// <summary>The text of an error where a value is written: each of the errors that it is made of with its path.</summary>
    public static string Comment(Bottom error)
    {
        var first = error.IsDisjunction ? error : error.Flatten().First();
        return Comment(first, first.Path) + Others(error);
    }

    private static string Comment(Bottom error, string path)
    {
        var message = error.Message;
        if (error.Cause is not { Error: var cause, HasPath: var hasPath } || !message.EndsWith(cause.Message, StringComparison.Ordinal))
            return Prefix(path) + message;
        return (hasPath ? "" : Prefix(path)) + message.Substring(0, message.Length - cause.Message.Length) + Comment(cause, hasPath ? path : cause.Path);
    }

    /// <summary>What stands before the message of an error inside of other messages.</summary>
    public static string PathPrefix(Bottom error) => Prefix(error.Path);

    private static string Prefix(string path) => path.Length > 0 ? path + ": " : "";

    /// <summary>What stands behind the message of an error inside of other messages, for the others that it stands for.</summary>
    public static string Others(Bottom error)
    {
        var others = error.Flatten().Count() - 1;
        return others > 0 ? FormattableString.Invariant($" (and {others} more errors)") : "";
    }

    /// <summary>The text of all errors that an error stands for, cut down to the first.</summary>
    public static string ErrorsText(Bottom error) => ErrorText(error) + Others(error);

    /// <summary>A value as a conflict names it: of a validator the call, with what its arguments refer to.</summary>
    public static string Operand(Value value) => value is not ValidatorValue { Arguments.Count: > 0 } validator ? Describe(value)
        : $"{validator.Builtin.Text}({string.Join(", ", validator.Arguments.Select(static argument => Argument(argument) ?? Describe(argument)))})";

    /// <summary>A validator as the error of a value that does not satisfy it names it.</summary>
    public static string Qualified(ValidatorValue validator) => validator.Builtin.QualifiedName + Describe(validator).Substring(validator.Builtin.Text.Length);

    /// <summary>A value that does not suit its place: the fields or elements of a literal as they are written.</summary>
    public static string Unsuited(Value value) => Literal(value) ?? Describe(value);

    private static string? Literal(Value value)
    {
        if (value is not Vertex { IsInline: true, IsDetached: true } vertex || vertex.Resolve() is not { Kind: CueKind.Struct or CueKind.List } literal || !ReferenceEquals(vertex, literal))
            return null;
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

    public static string Mark(Vertex field) => field.ArcType switch { ArcType.Optional => "?", ArcType.Required => "!", _ => "" };

    /// <summary>A schema that values are tried with: it is not evaluated where it is written. Null if it is told by its value.</summary>
    public static string? Schema(Vertex vertex) => vertex is { IsInline: true, Conjuncts: [{ Expr: not (StructExpr or ListExpr) }] } ? Literal(vertex) : Argument(vertex);

    /// <summary>What a validator was given: a literal as it is written, and where another value is. Null if it is told by its value.</summary>
    public static string? Argument(Value value) => value switch
    {
        Vertex { IsInline: true, Conjuncts: [var only] } => ExprText.Of(only.Expr),
        Vertex vertex when vertex.Resolve() is { IsInline: false, Label.IsValid: true } placed => placed.Path(),
        _ => null,
    };

    /// <summary>What defaults leave of a value.</summary>
    public static Value Default(Value value) => value switch
    {
        DisjunctionValue { DefaultCount: 1 } disjunction => disjunction.Values[0],
        DisjunctionValue { DefaultCount: > 1 } disjunction => new DisjunctionValue([.. disjunction.Values.Take(disjunction.DefaultCount)], 0),
        _ => value,
    };

    public static string Number(NumberConstant number)
    {
        var text = number.Value.ToString();
        if (number.Kind == CueKind.Float && number.Value.IsFinite && text.IndexOfAny(['.', 'E', 'e']) < 0)
            return text + ".0";
        return text;
    }
}
