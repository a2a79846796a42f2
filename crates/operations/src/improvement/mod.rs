//! Recommendations, and the action plan with which the partnership answers them.

mod plan;
mod recommend;

pub use plan::{
    AddAction, ChangeAction, PlannedText, RemoveAction, ReviewPlan, SubmitPlan, add_action, change_action,
    remove_action, review_plan, submit_plan,
};
pub use recommend::{
    ChangeRecommendation, MakeRecommendation, RemoveRecommendation, areas_for_improvement,
    change_recommendation, make_recommendation, remove_recommendation,
};
