using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;

namespace DataMesh.Cue.Values;

/// <summary>Expressions as messages name them: as they are written, without blanks, every operation in parentheses.</summary>
internal static class ExprText
{
    private const int MaxLength = 4000;

    public static string Of(Expr expr)
    {
        var text = new StringBuilder();
        Append(text, expr);
        return text.ToString();
    }

    /// <summary>What is no struct or list is named as it is written, laid out.</summary>
    public static string Source(Expr expr) => expr.Source is Expression written ? CueFormatter.Format(written) : Of(expr);

    private static void Append(StringBuilder text, Expr expr)
    {
        if (text.Length > MaxLength)
            return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expr)
        {
            case StructExpr literal:
                text.Append('{');
                AppendAll(text, literal.Lets.Count == 0 ? literal.Declarations : WithLets(literal), static (builder, each) => Append(builder, each));
                text.Append('}');
                break;
            case ListExpr list:
                text.Append('[');
                AppendAll(text, list.Elements, static (builder, each) => Append(builder, each));
                if (list.IsOpen)
                {
                    text.Append(list.Elements.Count > 0 ? ",..." : "...");
                    if (list.Tail is { } tail)
                        Append(text, tail);
                }

                text.Append(']');
                break;
            case BinaryExpr binary:
                Append(text.Append('('), binary.Left);
                Append(text.Append(' ').Append(Operators.Text(binary.Operator)).Append(' '), binary.Right);
                text.Append(')');
                break;
            case DisjunctionExpr disjunction:
                text.Append('(');
                AppendAll(text, disjunction.Disjuncts, static (builder, each) => Append(each.IsDefault ? builder.Append('*') : builder, each.Expr), "|");
                text.Append(')');
                break;
            case BoundExpr bound:
                Append(text.Append(Operators.Text(bound.Operator)), bound.Operand);
                break;
            case UnaryExpr unary:
                Append(text.Append(Operators.Text(unary.Operator)), unary.Operand);
                break;
            case CallExpr call:
                Append(text, call.Function);
                text.Append('(');
                AppendAll(text, call.Arguments, static (builder, each) => Append(builder, each), ", ");
                text.Append(')');
                break;
            case ComprehensionExpr comprehension:
                foreach (var clause in comprehension.Clauses)
                    Append(text, clause);
                Append(text, comprehension.Value);
                break;
            case NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr or BottomExpr:
                text.Append(ValueText.Describe(Evaluator.EvaluateConstant(expr)));
                break;
            case SelectorExpr { Operand: ImportRef import } member:
                // A package is told by its path, which is quoted unless it is a name.
                text.Append(Label.Regular(import.Path)).Append('.').Append(member.Label);
                break;
            case SelectorExpr selector:
                Append(text, selector.Operand);
                text.Append('.').Append(selector.Label);
                break;
            case IndexExpr index:
                Append(text, index.Operand);
                Append(text.Append('['), index.Index);
                text.Append(']');
                break;
            case SliceExpr slice:
                Append(text, slice.Operand);
                text.Append('[');
                if (slice.Low is { } low)
                    Append(text, low);
                text.Append(':');
                if (slice.High is { } high)
                    Append(text, high);
                text.Append(']');
                break;
            case FieldRef field:
                text.Append(field.Label);
                break;
            case LetRef let:
                text.Append(let.Let.Name);
                break;
            case ImportRef import:
                text.Append(import.Source is Identifier identifier ? identifier.Name : import.Path);
                break;
            case PredeclaredExpr predeclared:
                text.Append(predeclared.Name);
                break;
            case InterpolationExpr interpolation:
                text.Append('"');
                for (var i = 0; i < interpolation.Texts.Count; i++)
                {
                    text.Append(interpolation.Texts[i].Text);
                    if (i == interpolation.Parts.Count)
                        break;
                    Append(text.Append("\\("), interpolation.Parts[i]);
                    text.Append(')');
                }

                text.Append('"');
                break;
            case ReferenceExpr { Source: Identifier name }:
                text.Append(name.Name);
                break;
            case ValueExpr value:
                text.Append(ValueText.Describe(value.Value));
                break;
            default:
                text.Append('_');
                break;
        }
    }

    /// <summary>The declarations of a literal as they are written, with its <c>let</c> clauses.</summary>
    private static List<Decl> WithLets(StructExpr literal)
    {
        var declarations = new List<Decl>(literal.Declarations);
        for (var i = literal.Lets.Count - 1; i >= 0; i--)
            declarations.Insert(Math.Min(literal.Lets[i].Place, declarations.Count), literal.Lets[i].Let);
        return declarations;
    }

    private static void AppendAll<T>(StringBuilder text, IReadOnlyList<T> items, Action<StringBuilder, T> append, string separator = ",")
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            append(text, items[i]);
        }
    }

    private static void Append(StringBuilder text, Decl declaration)
    {
        switch (declaration)
        {
            case FieldDecl field:
                AppendField(text.Append(field.Label), field.Type, field.Value);
                break;
            case DynamicFieldDecl field:
                Append(text, field.Label);
                AppendField(text, field.Type, field.Value);
                break;
            case PatternDecl pattern:
                Append(text.Append('['), pattern.Pattern);
                Append(text.Append("]:"), pattern.Value);
                break;
            case EmbedDecl embedding:
                Append(text, embedding.Value);
                break;
            case LetDecl let:
                Append(text.Append("let ").Append(let.Name).Append(FormattableString.Invariant($"#{let.Number}=")), let.Value);
                break;
            case EllipsisDecl:
                text.Append("...");
                break;
        }
    }

    private static void AppendField(StringBuilder text, ArcType type, Expr value) =>
        Append(text.Append(type switch { ArcType.Optional => "?:", ArcType.Required => "!:", _ => ":" }), value);

    private static void Append(StringBuilder text, ClauseExpr clause)
    {
        switch (clause)
        {
            case IfClauseExpr guard:
                Append(text.Append("if "), guard.Condition);
                break;
            case ForClauseExpr loop:
                // A variable that is not named has no label.
                text.Append("for ").Append(loop.Key.IsValid ? loop.Key.ToString() : "_").Append(", ").Append(loop.Value.IsValid ? loop.Value.ToString() : "_").Append(" in ");
                Append(text, loop.Collection);
                break;
            case LetClauseExpr let:
                Append(text.Append("let ").Append(let.Let.Name).Append(" = "), let.Let.Value);
                break;
            case TryClauseExpr:
                text.Append("try");
                break;
        }

        text.Append(' ');
    }
}
